/** Under which key the note that is being written for a conversation is kept among the drafts. */
export const noteKey = (conversation: string) => `${conversation}:note`;
