"""Channels (通道): messages to and from another system over one outbox and one inbox, both written in the deciding transaction."""
