"""Files that come with messages, as they are kept: sealed under the key of their person, in the object store."""
