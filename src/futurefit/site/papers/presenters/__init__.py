"""What do pages and files print of papers?"""
