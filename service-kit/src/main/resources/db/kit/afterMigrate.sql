-- Runs at every start: the application role may use the tables but does not own them, and no tenant table is open.
GRANT USAGE ON SCHEMA public TO "${appRole}";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "${appRole}";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "${appRole}";
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO "${appRole}";

DO $$
DECLARE
    open_tables text;
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${appRole}' AND (rolsuper OR rolbypassrls)) THEN
        RAISE EXCEPTION 'the application role ${appRole} bypasses row-level security';
    END IF;
    IF EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tableowner = '${appRole}') THEN
        RAISE EXCEPTION 'the application role ${appRole} owns tables';
    END IF;
    SELECT string_agg(c.relname, ', ') INTO open_tables
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'community_id' AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace
       AND c.relkind IN ('r', 'p')
       AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                AND EXISTS (SELECT FROM pg_policies p
                             WHERE p.schemaname = 'public' AND p.tablename = c.relname
                               AND p.qual LIKE '%linli_scope()%'));
    IF open_tables IS NOT NULL THEN
        RAISE EXCEPTION 'tables without forced row-level security: %', open_tables;
    END IF;
END $$;
