"""Sites: one small file each with a `SITE`.  Add a site here; one that carries schema.org data needs none."""
