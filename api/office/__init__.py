"""What the office decides and looks at beside the chats: notices, tasks, figures, canned replies."""
