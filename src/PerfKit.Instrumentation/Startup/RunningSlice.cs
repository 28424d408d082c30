namespace PerfKit.Instrumentation;

/// <summary>A slice that a thread is still in, as another thread sees it.</summary>
internal readonly record struct RunningSlice(ThreadLedger Ledger, int Version, StartupEntry Entry, StartupSlice Slice, long Until)
{
    /// <summary>It has not been charged yet. Under the lock of <see cref="StartupBook"/>.</summary>
    public bool IsUncharged => Ledger.IsAt(Version);
}
