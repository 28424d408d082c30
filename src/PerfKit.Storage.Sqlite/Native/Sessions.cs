namespace PerfKit.Storage.Sqlite;

/// <summary>
/// Runs transactions on the thread pool, each on an open database of its own. Waiting for others that write takes no thread:
/// SQLite's own waiting would, and could not be canceled.
/// </summary>
internal sealed class Sessions(string path, SqliteStoreOptions options, TimeProvider time) : IDisposable
{
    private const int MostIdle = 4;

    /// <summary>One page of the least size. SQLite takes what is shorter for a new database, and would write over it.</summary>
    private const int SmallestDatabase = 512;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(32);

    private readonly Lock _lock = new();
    private readonly Stack<Database> _idle = [];            // under _lock
    private readonly SemaphoreSlim _writing = new(1);       // threads of one store queue up instead of trying again and again
    private bool _isDisposed;                               // under _lock

    /// <summary>Runs work that only reads: all it reads is of one moment, and nobody waits for it.</summary>
    public Task<T> ReadAsync<T>(Func<Database, T> work, CancellationToken ct) => RunAsync("BEGIN", work, ct);

    /// <summary>Runs work that writes; what it wrote is kept when the task completes, and only then.</summary>
    public async Task<T> WriteAsync<T>(Func<Database, T> work, CancellationToken ct)
    {
        await _writing.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            return await RunAsync("BEGIN IMMEDIATE", work, ct).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            CloseIdle();
        }
    }

    private async Task<T> RunAsync<T>(string begin, Func<Database, T> work, CancellationToken ct)
    {
        long start = time.GetTimestamp();
        TimeSpan pause = TimeSpan.FromMilliseconds(1);
        while (true)
        {
            try
            {
                return await Task.Run(() => Transaction(begin, work, ct), ct).ConfigureAwait(false);
            }
            catch (SqliteFailure failure)
            {
                ct.ThrowIfCancellationRequested();      // which is what an interrupt means
                if (!failure.IsBusy)
                    throw failure.ToPublic(path);
                if (time.GetElapsedTime(start) >= options.BusyTimeout)
                    throw new IOException(FormattableString.Invariant($"The run store is in use: {path} stayed locked for {options.BusyTimeout.TotalSeconds} s."), failure);
            }

            await Task.Delay(pause, time, ct).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private T Transaction<T>(string begin, Func<Database, T> work, CancellationToken ct)
    {
        Database database = Rent();
        bool isClean = false, hasMoved = false;
        try
        {
            Begin(database, begin, ref isClean);
            T result;
            using (ct.UnsafeRegister(static state => ((Database)state!).Interrupt(), database))
            {
                database.Labels.Refresh();
                result = work(database);
            }

            ct.ThrowIfCancellationRequested();      // the last moment: what is being committed is no longer interrupted
            database.Execute("COMMIT");
            isClean = true;
            hasMoved = database.HasMoved;
            return !hasMoved ? result : throw new IOException(
                $"The run store {path} was moved or removed while a call used it. What the call kept, if anything, went along with the file. Repeat it.");
        }
        finally
        {
            if (hasMoved)
                database.DisposeMoved();
            else if (isClean)
                Return(database);
            else
                database.Dispose();         // rolls back, and ends statements that stopped halfway
        }
    }

    private static void Begin(Database database, string begin, ref bool isClean)
    {
        isClean = true;         // when another one writes, nothing has begun
        database.Execute(begin);
        isClean = false;
    }

    private Database Rent()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(SqliteStore));
            while (_idle.TryPop(out Database? idle))
            {
                if (!idle.HasMoved)
                    return idle;
                idle.DisposeMoved();        // what it would write, nobody would find
            }
        }

        return Open();
    }

    private void Return(Database database)
    {
        lock (_lock)
        {
            if (!_isDisposed && _idle.Count < MostIdle)
            {
                _idle.Push(database);
                return;
            }
        }

        database.Dispose();
    }

    private void CloseIdle()
    {
        while (_idle.TryPop(out Database? idle))
            idle.Dispose();
    }

    private Database Open()
    {
        if (Path.GetDirectoryName(path) is { } folder)
            Directory.CreateDirectory(folder);
        OwnFiles.RefuseFolder(path);
        if (new FileInfo(path) is { Exists: true, Length: > 0 and < SmallestDatabase and var length })
            throw new SqliteFailure(SQLitePCL.raw.SQLITE_NOTADB, FormattableString.Invariant($"it has {length} bytes")).ToPublic(path);

        Database database = Database.Open(path);
        try
        {
            bool isCurrent = StoreSchema.IsCurrent(database, path);     // asked before anything is changed
            if (!isCurrent)
                database.Execute("PRAGMA auto_vacuum = INCREMENTAL");       // before there is a table; later it would only write
            database.Execute(
                $"""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = {(options.SurvivesPowerCut ? "FULL" : "NORMAL")};
                PRAGMA journal_size_limit = 67108864;
                PRAGMA cache_size = -16384;
                """);
            if (!isCurrent)
                StoreSchema.Migrate(database, path);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
