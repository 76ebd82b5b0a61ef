"""An operator's reply reaches a visitor who has left: by push if they agreed, else by mail if it stays unread."""
