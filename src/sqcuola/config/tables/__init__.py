"""Django's own admin at /admin/: tables to look at, for who runs the installation, and nothing to change in them.

What is changed is changed on the pages, where rules judge and acts are recorded. No secret, no word that somebody wrote
and no address of a letter stands in these tables; who reads blind finds no way from a code to a person here.
"""
