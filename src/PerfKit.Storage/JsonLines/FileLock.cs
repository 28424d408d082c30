namespace PerfKit.Storage;

/// <summary>
/// Lets one store at a time work on a file, over threads and processes. The lock is a file of its own that is never removed:
/// a lock on the data file would be lost when compaction replaces that file, and with it the run of whoever waited for it.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(32);

    /// <exception cref="IOException">Another process held the lock for 10 seconds.</exception>
    public static async Task<IDisposable> AcquireAsync(string path, TimeProvider time, CancellationToken ct)
    {
        long start = time.GetTimestamp();
        TimeSpan pause = TimeSpan.FromMilliseconds(1);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException error) when (error.GetType() == typeof(IOException))     // not its children: those name a wrong path
            {
                if (time.GetElapsedTime(start) >= Patience)
                    throw new IOException($"The run store is in use: {path} stayed locked for {Patience.TotalSeconds:F0} s.", error);
            }

            await Task.Delay(pause, time, ct).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}
