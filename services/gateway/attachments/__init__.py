"""Files that come with messages: what they are, what they are called, who sent how many, and links to them."""
