namespace PerfKit.Storage.Sqlite;

/// <summary>
/// What stands in the database; docs/stores.md explains it to those who read it with other tools. A released step is never
/// changed: a new version appends one, and <c>PRAGMA user_version</c> counts those that a file has taken.
/// </summary>
internal static class StoreSchema
{
    /// <summary>"PfKt" in ASCII, at its place in the file's header: tells this store from other programs' databases.</summary>
    public const int ApplicationId = 0x50664B74;

    /// <summary>The low bits of a metric's id are its place in its run; they hold the 10,000 that a run may have.</summary>
    public const int PlaceBits = 14;

    private static readonly string[] Steps =
    [
        // 1: the first version.
        """
        CREATE TABLE name (
            id   INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE
        );
        CREATE TABLE run (
            id          INTEGER PRIMARY KEY,    -- in the order of arrival
            guid        BLOB NOT NULL UNIQUE,   -- AuditRun.Id, 16 bytes as they are read
            application INTEGER NOT NULL,       -- name.id
            kind        INTEGER NOT NULL,       -- AuditKind
            finished    INTEGER NOT NULL,       -- in UTC, in units of 100 ns since the year 1
            utc_offset  INTEGER NOT NULL,       -- in minutes
            machine     INTEGER NOT NULL,       -- name.id
            branch      INTEGER NOT NULL,       -- name.id; 0 when it is not known
            revision    TEXT,                   -- AuditRun.Commit
            facts       TEXT                    -- a JSON object of texts; NULL when there are none
        );
        CREATE INDEX run_by_finish ON run (finished);
        CREATE INDEX run_by_application ON run (application, finished, kind, machine);
        CREATE TABLE series (
            id          INTEGER PRIMARY KEY,
            service     INTEGER NOT NULL,       -- all of these are name.id, but for the kind
            metric      INTEGER NOT NULL,
            operation   INTEGER NOT NULL,
            application INTEGER NOT NULL,
            kind        INTEGER NOT NULL,
            machine     INTEGER NOT NULL,
            branch      INTEGER NOT NULL,
            unit        INTEGER NOT NULL,
            UNIQUE (service, metric, operation, application, kind, machine, branch, unit)
        );
        CREATE INDEX series_by_metric ON series (metric);
        CREATE TABLE metric (
            id       INTEGER PRIMARY KEY,       -- run.id * 16384 + the place in the run
            series   INTEGER NOT NULL,
            finished INTEGER NOT NULL,          -- as in run
            value    REAL NOT NULL
        );
        CREATE INDEX metric_history ON metric (series, finished);
        """,

        // 2: a history is read from its index alone, instead of one page of the table for each figure.
        """
        DROP INDEX metric_history;
        CREATE INDEX metric_history ON metric (series, finished, value);
        CREATE VIEW figure AS
            SELECT lower(hex(run.guid)) AS run, application.text AS application, run.kind,
                   datetime(run.finished / 10000000 - 62135596800, 'unixepoch') AS finished_utc,
                   machine.text AS machine, branch.text AS branch, run.revision,
                   service.text AS service, operation.text AS operation, metric_name.text AS metric, metric.value, unit.text AS unit
            FROM metric
            JOIN run ON run.id = metric.id >> 14
            JOIN series ON series.id = metric.series
            JOIN name AS application ON application.id = run.application
            JOIN name AS machine ON machine.id = run.machine
            LEFT JOIN name AS branch ON branch.id = run.branch
            JOIN name AS service ON service.id = series.service
            JOIN name AS operation ON operation.id = series.operation
            JOIN name AS metric_name ON metric_name.id = series.metric
            JOIN name AS unit ON unit.id = series.unit;
        """,
    ];

    public static int CurrentVersion => Steps.Length;

    /// <summary>The first and the last id that a run's metrics may have.</summary>
    public static (long First, long Last) MetricsOf(long run) => (run << PlaceBits, (run << PlaceBits) | ((1L << PlaceBits) - 1));

    /// <summary>Refuses what is not for this version; it has changed nothing then.</summary>
    /// <exception cref="InvalidDataException">The database is another program's, or a newer version's.</exception>
    public static bool IsCurrent(Database database, string path)
    {
        long version = database.Integer("PRAGMA user_version");
        long application = database.Integer("PRAGMA application_id");
        if (application != ApplicationId && (application != 0 || version != 0 || database.Integer("SELECT count(*) FROM sqlite_master") > 0))
            throw new InvalidDataException($"{path} is another program's SQLite database. Nothing was changed. Name another file.");
        if (version > CurrentVersion)
        {
            throw new InvalidDataException(
                $"The run store {path} was made by a newer PerfKit: its schema is version {version}, and this one knows versions up to "
                + $"{CurrentVersion}. Nothing was changed. Update PerfKit.Storage.Sqlite, or name another file.");
        }

        return version == CurrentVersion;
    }

    /// <summary>Takes the steps that the file has not taken yet, all or none.</summary>
    public static void Migrate(Database database, string path)
    {
        database.Execute("BEGIN IMMEDIATE");        // from here on nobody else migrates
        if (!IsCurrent(database, path))
        {
            for (long version = database.Integer("PRAGMA user_version"); version < CurrentVersion; version++)
                database.Execute(Steps[version]);
            database.Execute($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {CurrentVersion}");
        }

        database.Execute("COMMIT");
    }
}
