"""对外接口: what joins the engines to other systems: unified acceptance of cases, the directory as FHIR resources."""
