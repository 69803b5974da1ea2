"""Checking a document: is it ours, and unchanged?"""
