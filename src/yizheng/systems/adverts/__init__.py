"""Medical adverts (医疗广告): what an institution may say of itself in public, and who has read it beforehand."""
