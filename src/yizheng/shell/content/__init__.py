"""Articles of the public sites as editors see them: the list, one article with its preview, versions, files and acts."""
