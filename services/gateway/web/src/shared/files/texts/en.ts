/** What is said about files, in widget and dashboard. */

export const files = {
  drop: "Drop to attach",
  progress: "{done} of {all}",
  cancel: "Cancel {name}",
  remove: "Remove {name}",
  again: "Try again: {name}",
  broke: "Not sent, the connection broke",
  large: "{size}. The most is {most}; a photo does",
  kind: "This kind of file is not taken. Pictures, PDF and documents are",
  empty: "Nothing is in this file. Choose another",
  often: "Too many files for now. Try again at {time}",
  full: "This conversation holds {most} of files already. Send the rest by email",
  closed: "The conversation is closed. Write first, then attach it again",
  signedOut: "Not sent, the session has ended. Try again, or reload the page",
  refused: "Files are not taken here just now",
  show: "Show {name}",
  download: "Download {name}",
  unseen: "Cannot be shown. Reload the page to see it",
  you: "You",
  previous: "Previous picture",
  next: "Next picture",
  place: "{n} of {all}",
  close: "Close",
};

export type FileTexts = typeof files;
