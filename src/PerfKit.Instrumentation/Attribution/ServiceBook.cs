using System.Collections.Concurrent;

namespace PerfKit.Instrumentation;

/// <summary>The names of services, and the figures that belong to no thread. Bounded; thread-safe; never throws.</summary>
internal static class ServiceBook
{
    public const int MaxServices = 1_024;
    public const string OtherName = "(other)";

    public const int Other = 0;

    private static readonly ConcurrentDictionary<string, int> Ids = new(StringComparer.Ordinal);
    private static readonly Account[] Accounts = new Account[MaxServices];
    private static readonly Lock Registration = new();
    private static int _count = 1;
    private static long _overflowed;
    private static long _lockWait;

    static ServiceBook()
    {
        Accounts[Other] = new Account(OtherName);
        Ids[OtherName] = Other; // a host may use the name too
        AppDomain.CurrentDomain.FirstChanceException += static (_, _) => CountException();
    }

    /// <summary>Services known so far, <c>(other)</c> included; their ids are below this.</summary>
    public static int Count => Volatile.Read(ref _count);

    /// <summary>How often a context was charged to <c>(other)</c> because the book was full.</summary>
    public static long Overflowed => Interlocked.Read(ref _overflowed);

    /// <summary>Waiting for managed locks that was heard of, of services and of others, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
    public static long LockWait => Interlocked.Read(ref _lockWait);

    public static int IdOf(string? service)
    {
        if (service is not null && Ids.TryGetValue(service, out int id))
            return id;
        string name = Names.Clean(service);
        if (Ids.TryGetValue(name, out id))
            return id;
        lock (Registration)
        {
            if (Ids.TryGetValue(name, out id))
                return id;
            if (_count == MaxServices)
            {
                Interlocked.Increment(ref _overflowed);
                return Other;
            }
            Accounts[_count] = new Account(name);
            Ids[name] = _count;
            int added = _count;
            Volatile.Write(ref _count, added + 1);
            return added;
        }
    }

    public static string NameOf(int id) => Accounts[id].Name;

    public static void CountEntry(int id) => Interlocked.Increment(ref Accounts[id].Entries);

    public static void ChargeAwaiting(int id, long ticks)
    {
        if (ticks > 0)
            Interlocked.Add(ref Accounts[id].Awaiting, ticks);
    }

    /// <summary>Charges waiting for managed locks; of no service with an id below 0.</summary>
    public static void ChargeLockWait(int id, long ticks)
    {
        Interlocked.Add(ref _lockWait, ticks);
        if (id >= 0)
            Interlocked.Add(ref Accounts[id].LockWait, ticks);
    }

    public static (long Entries, long Awaiting, long Exceptions, long LockWait) Read(int id) => (
        Interlocked.Read(ref Accounts[id].Entries),
        Interlocked.Read(ref Accounts[id].Awaiting),
        Interlocked.Read(ref Accounts[id].Exceptions),
        Interlocked.Read(ref Accounts[id].LockWait));

    // Runs inside the throw of any thread, in whatever state the host is: it only counts.
    private static void CountException()
    {
        if (Flow.CurrentLive?.Service is { } context)
            Interlocked.Increment(ref Accounts[context.ServiceId].Exceptions);
    }

    private sealed class Account(string name)
    {
        public readonly string Name = name;
        public long Entries;
        public long Awaiting;
        public long Exceptions;
        public long LockWait;
    }
}
