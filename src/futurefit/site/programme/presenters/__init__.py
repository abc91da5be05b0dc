"""How do the programme's figures and words become tables and pictures?"""
