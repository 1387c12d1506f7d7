"""对外接口: what joins the engines to other systems: unified acceptance of cases, registers out, the directory as FHIR resources."""
