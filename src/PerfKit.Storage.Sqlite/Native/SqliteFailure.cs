using SQLitePCL;

namespace PerfKit.Storage.Sqlite;

/// <summary>What SQLite answered when it could not do something. Never leaves the assembly: see <see cref="ToPublic"/>.</summary>
internal sealed class SqliteFailure(int extendedCode, string message) : Exception(message)
{
    /// <summary>The low byte names the kind of the failure, the rest of the code says more about it.</summary>
    private int Code => extendedCode & 0xFF;

    /// <summary>Somebody else is writing, or is just opening or recovering the database.</summary>
    public bool IsBusy => Code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    public bool IsInterrupt => Code == raw.SQLITE_INTERRUPT;

    private bool IsDamage => Code is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    public Exception ToPublic(string path) => IsDamage
        ? new InvalidDataException(
            $"The run store {path} is damaged or no SQLite database ({Message}). Nothing was changed. Move it away, together with "
            + $"its -wal and -shm files, and import an export; or save what is readable with: sqlite3 \"{path}\" .recover", this)
        : new IOException($"The run store {path} cannot be used: {Message} (SQLite code {extendedCode}).", this);
}
