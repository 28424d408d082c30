using System.Runtime.InteropServices;
using SQLitePCL;

namespace PerfKit.Storage.Sqlite;

/// <summary>An open database. One thread at a time uses it; only <see cref="Interrupt"/> may come from another.</summary>
internal sealed partial class Database : IDisposable
{
    private const int HasMovedQuestion = 20;        // SQLITE_FCNTL_HAS_MOVED

    private readonly sqlite3 _handle;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    static Database() => Batteries_V2.Init();

    private Database(sqlite3 handle)
    {
        _handle = handle;
        Labels = new Labels(this);
    }

    /// <summary>The names and series of this database.</summary>
    public Labels Labels { get; }

    /// <summary>How many rows the latest insert, update or delete touched.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>
    /// Whether the file is no longer the one that its path names. Never where open files cannot be moved or removed, as on Windows: there
    /// SQLite does not know the question.
    /// </summary>
    public bool HasMoved => FileControl(_handle, 0, HasMovedQuestion, out int hasMoved) == raw.SQLITE_OK && hasMoved != 0;

    public long LastInsertedId => raw.sqlite3_last_insert_rowid(_handle);

    /// <exception cref="SqliteFailure">The file cannot be opened.</exception>
    public static Database Open(string path)
    {
        const int Flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        int code = raw.sqlite3_open_v2(path, out sqlite3 handle, Flags, null);
        var database = new Database(handle);
        try
        {
            database.Check(code);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The statement for a text, prepared once.</summary>
    public Statement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out Statement? known))
            return known;

        Check(raw.sqlite3_prepare_v2(_handle, sql, out sqlite3_stmt handle));
        var statement = new Statement(this, handle);
        _statements.Add(sql, statement);
        return statement;
    }

    /// <summary>Runs one or several statements.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>The first column of the first row; 0 when there is none.</summary>
    public long Integer(string sql)
    {
        Statement statement = Prepare(sql);
        long value = statement.Next() ? statement.Integer(0) : 0;
        statement.Reset();
        return value;
    }

    /// <summary>Ends what is running at the moment, if anything is, with <see cref="SqliteFailure.IsInterrupt"/>.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(_handle);

    public void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw Failure();
    }

    public SqliteFailure Failure() => new(raw.sqlite3_extended_errcode(_handle), raw.sqlite3_errmsg(_handle).utf8_to_string());

    /// <summary>Closes it after what is only in the log was written into the file, wherever that is now: the log stays behind when a file is moved.</summary>
    public void DisposeMoved()
    {
        _ = raw.sqlite3_exec(_handle, "PRAGMA wal_checkpoint(TRUNCATE)");
        Dispose();
    }

    /// <summary>Closes it; what was not committed is rolled back.</summary>
    public void Dispose()
    {
        foreach (Statement statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
        _handle.Dispose();
    }

    /// <summary>SQLitePCLRaw 2.0 leaves this function out.</summary>
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    private static partial int FileControl(sqlite3 database, nint schema, int question, out int answer);
}
