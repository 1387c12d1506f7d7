"""The desk: worklist and case page, one for all systems; HTTP only, the verbs are licensing's."""
