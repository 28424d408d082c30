using System.Text;
using SQLitePCL;

namespace PerfKit.Storage.Sqlite;

/// <summary>A prepared statement: parameters from 1, columns from 0, as SQLite counts them.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    public Statement Bind(int parameter, long value)
    {
        database.Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, double value)
    {
        database.Check(raw.sqlite3_bind_double(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> blob)
    {
        database.Check(raw.sqlite3_bind_blob(handle, parameter, blob));
        return this;
    }

    /// <summary>As UTF-8 with its length, so that a text may hold U+0000.</summary>
    public Statement Bind(int parameter, string? text)
    {
        database.Check(text switch
        {
            null => raw.sqlite3_bind_null(handle, parameter),
            "" => raw.sqlite3_bind_text(handle, parameter, ""),        // an empty span has no address, and binds NULL
            _ => raw.sqlite3_bind_text(handle, parameter, Encoding.UTF8.GetBytes(text)),
        });
        return this;
    }

    /// <summary>Moves to the next row. At the end the statement is ready to be used again.</summary>
    public bool Next()
    {
        int code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
            return true;
        SqliteFailure? failure = code == raw.SQLITE_DONE ? null : database.Failure();
        Reset();
        return failure is null ? false : throw failure;
    }

    /// <summary>Runs a statement that returns no row, or whose rows do not matter.</summary>
    public void Run()
    {
        while (Next())
        {
        }
    }

    /// <summary>Ends a statement whose rows were not read to the end: an open one keeps its transaction open.</summary>
    public void Reset() => _ = raw.sqlite3_reset(handle);      // repeats the code of the last step, which was seen there

    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    public double Real(int column) => raw.sqlite3_column_double(handle, column);

    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(handle, column));

    public string? OptionalText(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL ? null : Text(column);

    public void Dispose() => handle.Dispose();
}
