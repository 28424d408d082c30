namespace PerfKit.Sampling;

/// <summary>All resource figures of this process, and a few of its machine, at one instant.</summary>
/// <remarks>
/// <para>A figure the platform cannot give, or that could not be read this time, is <see langword="null"/>, never 0;
/// <see cref="ResourceSampler.Unavailable"/> says why.</para>
/// <para>Figures "since start" are running totals. Figures per second, cores and percentages are averages over
/// <see cref="Interval"/>; they are <see langword="null"/> when there is no interval, when the figure is missing at either
/// end of it, or when its counter went backwards. They are never negative, infinite or NaN. The machine's and the control groups'
/// are read ten times a second at most: samples that come sooner repeat them.</para>
/// <para>docs/measures.md names the source of every figure on every platform.</para>
/// </remarks>
public readonly record struct ResourceSample
{
    /// <summary>Gets when the sample was taken, by the wall clock of the sampler's <see cref="TimeProvider"/>.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Gets the time since the previous sample, by the monotonic clock of the sampler's <see cref="TimeProvider"/>.</summary>
    /// <value>Always positive. <see langword="null"/> on the first sample, and when the clock stood still or went backwards:
    /// then every rate is <see langword="null"/> too.</value>
    public TimeSpan? Interval { get; init; }

    /// <summary>Gets the CPU time, user and kernel together, that this process has used since it started.</summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>Gets the cores used over <see cref="Interval"/>: 1.0 is one core kept busy.</summary>
    public double? CpuCores { get; init; }

    /// <summary>Gets <see cref="CpuCores"/> as a percentage of <see cref="AvailableCores"/>.</summary>
    /// <value>0 to 100. It is not clamped: a little more shows a measuring error, or a burst that the quota allows.</value>
    public double? CpuPercent { get; init; }

    /// <summary>Gets how many cores this process may use.</summary>
    /// <value>The processors the runtime counts (<see cref="Environment.ProcessorCount"/>, which respects affinity), or the
    /// tightest CPU quota of the process's control groups if that is less; may be a fraction.</value>
    public double AvailableCores { get; init; }

    /// <summary>Gets the part of <see cref="CpuCores"/> that was spent inside the kernel.</summary>
    public double? KernelCpuCores { get; init; }

    /// <summary>Gets how busy all processors of the machine were over <see cref="Interval"/>, in percent from 0 to 100.</summary>
    /// <value>Everything that is not idle or waiting for a disk, including time the hypervisor took away. In a container this is
    /// the host's figure. Linux only.</value>
    public double? MachineCpuPercent { get; init; }

    /// <summary>Gets how busy the busiest processor of the machine was over <see cref="Interval"/>, in percent from 0 to 100.</summary>
    /// <value>Beside a low <see cref="MachineCpuPercent"/> it shows work that only one thread can do. Linux only.</value>
    public double? BusiestProcessorPercent { get; init; }

    /// <summary>Gets the physical memory this process occupies, in bytes.</summary>
    /// <value>On Linux the kernel's own approximate count of resident pages: off by up to some hundred kilobytes per processor.</value>
    public long? WorkingSetBytes { get; init; }

    /// <summary>Gets the size of the managed heap in bytes, with garbage not yet collected.</summary>
    public long? ManagedHeapBytes { get; init; }

    /// <summary>Gets the managed bytes allocated since the process started.</summary>
    /// <value>Counted when a thread takes a new allocation chunk (some 8 kB), so it moves in steps.</value>
    public long? AllocatedBytes { get; init; }

    /// <summary>Gets the managed bytes allocated per second over <see cref="Interval"/>.</summary>
    public double? AllocatedBytesPerSecond { get; init; }

    /// <summary>Gets the memory that the machine could give to programs without swapping, in bytes.</summary>
    /// <value>The kernel's estimate (MemAvailable). In a container this is the host's figure. Linux only.</value>
    public long? MachineAvailableMemoryBytes { get; init; }

    /// <summary>Gets the collections of generation 0 since the process started; collections of higher generations count here too.</summary>
    public int Gen0Collections { get; init; }

    /// <summary>Gets the collections of generation 1 since the process started; collections of generation 2 count here too.</summary>
    public int Gen1Collections { get; init; }

    /// <summary>Gets the collections of generation 2 since the process started, background ones included.</summary>
    public int Gen2Collections { get; init; }

    /// <summary>Gets the time that garbage collections have paused all managed threads since the process started.</summary>
    public TimeSpan GcPause { get; init; }

    /// <summary>Gets the share of <see cref="Interval"/> that managed threads were paused for garbage collection, in percent.</summary>
    public double? GcPausePercent { get; init; }

    /// <summary>Gets the number of operating-system threads of this process, native ones included.</summary>
    public int? ThreadCount { get; init; }

    /// <summary>Gets the number of thread-pool threads that exist.</summary>
    public int ThreadPoolThreadCount { get; init; }

    /// <summary>Gets the number of work items that wait for a thread-pool thread.</summary>
    public long ThreadPoolQueueLength { get; init; }

    /// <summary>Gets how often a thread had to wait for a managed lock since the process started.</summary>
    public long LockContentionCount { get; init; }

    /// <summary>Gets the lock contentions per second over <see cref="Interval"/>.</summary>
    public double? LockContentionsPerSecond { get; init; }

    /// <summary>Gets how many threads waited for managed locks (<c>lock</c>, <c>Monitor</c>, <c>Lock</c>), on average over <see cref="Interval"/>.</summary>
    /// <value>0 where no thread began to wait; <see langword="null"/> where one did and the waits were not listened to: in the first
    /// interval with contentions, in some of those with more than 500 a second, and without event support. Semaphores, events and <c>Task.Wait</c> are not
    /// among it.</value>
    public double? LockWaitThreads { get; init; }

    /// <summary>Gets the exceptions thrown, caught or not (first-chance exceptions), since the sampler was created.</summary>
    public long ExceptionCount { get; init; }

    /// <summary>Gets the exceptions thrown per second over <see cref="Interval"/>.</summary>
    public double? ExceptionsPerSecond { get; init; }

    /// <summary>Gets the bytes this process has read since it started, by all read-like calls.</summary>
    /// <value>Files, and also pipes, terminals, and data that came from the page cache without touching a disk: rchar on Linux, where
    /// the sampler's own reads of several kilobytes a sample count as well; ReadTransferCount on Windows. Sockets count on Windows; on
    /// Linux only where native code uses <c>read</c> on them: .NET's own network traffic, which uses <c>recv</c>-like calls, is not in
    /// rchar. <see langword="null"/> on macOS.</value>
    public long? IoReadBytes { get; init; }

    /// <summary>Gets the bytes this process has written since it started, by all write-like calls.</summary>
    /// <value>As <see cref="IoReadBytes"/>: wchar on Linux, WriteTransferCount on Windows, <see langword="null"/> on macOS.</value>
    public long? IoWrittenBytes { get; init; }

    /// <summary>Gets the number of read-like and write-like calls since the process started.</summary>
    /// <value>syscr + syscw on Linux, ReadOperationCount + WriteOperationCount on Windows, <see langword="null"/> on macOS.</value>
    public long? IoOperations { get; init; }

    /// <summary>Gets the growth of <see cref="IoReadBytes"/> per second over <see cref="Interval"/>.</summary>
    public double? IoReadBytesPerSecond { get; init; }

    /// <summary>Gets the growth of <see cref="IoWrittenBytes"/> per second over <see cref="Interval"/>.</summary>
    public double? IoWrittenBytesPerSecond { get; init; }

    /// <summary>Gets the growth of <see cref="IoOperations"/> per second over <see cref="Interval"/>.</summary>
    public double? IoOperationsPerSecond { get; init; }

    /// <summary>Gets the bytes that this process made the kernel fetch from storage since it started (read_bytes). Linux only.</summary>
    public long? StorageReadBytes { get; init; }

    /// <summary>Gets the bytes that this process made the kernel plan to write to storage since it started (write_bytes).</summary>
    /// <value>Counted when a page becomes dirty; a file deleted before write-back still counts. Linux only.</value>
    public long? StorageWrittenBytes { get; init; }

    /// <summary>Gets the number of files, sockets and pipes that this process has open. Linux only.</summary>
    public int? OpenFileCount { get; init; }

    /// <summary>Gets how many it may have open; <see langword="null"/> without a limit. Linux only.</summary>
    public long? OpenFileLimit { get; init; }

    /// <summary>Gets the names looked up in the domain name system by .NET's own code, since the sampler was created.</summary>
    /// <value>Those that have ended, successful or not; names that a cache of the operating system answers count too.</value>
    public long? DnsLookupCount { get; init; }

    /// <summary>Gets the growth of <see cref="DnsLookupCount"/> per second over <see cref="Interval"/>.</summary>
    public double? DnsLookupsPerSecond { get; init; }

    /// <summary>Gets what .NET's sockets have done since the process was first asked; <see langword="null"/> unless
    /// <see cref="ResourceSamplerOptions.CountsSockets"/>, and until the runtime has told for the first time.</summary>
    public SocketCounters? Sockets { get; init; }

    /// <summary>Gets the managed bytes that the last collection of generation 2 left, without the free space between them.</summary>
    /// <value>What the application holds on to. <see langword="null"/> until one has ended.</value>
    public long? LiveHeapBytes { get; init; }

    /// <summary>Gets the generations as the last collection left them; <see langword="null"/> until one is seen.</summary>
    public HeapGenerations? Generations { get; init; }

    /// <summary>Gets how long a work item waited for a thread-pool thread.</summary>
    /// <value>The one that was queued with the previous sample; if it still waits, how long by now. Near zero on a healthy pool.
    /// While the pool has threads to spare, the last one queued, up to a minute ago. <see langword="null"/> on the first sample.</value>
    public TimeSpan? ThreadPoolQueueDelay { get; init; }

    /// <summary>Gets the methods that the runtime has compiled since the process started.</summary>
    public long JitMethods { get; init; }

    /// <summary>Gets the time that threads have spent on compiling since the process started, background ones included.</summary>
    public TimeSpan JitTime { get; init; }

    /// <summary>Gets the growth of <see cref="JitTime"/> in percent of <see cref="Interval"/>; 100 is one core compiling all the time.</summary>
    public double? JitPercent { get; init; }

    /// <summary>Gets the number of timers that are set, periodic or not.</summary>
    public long ActiveTimers { get; init; }

    /// <summary>Gets how often a second a thread of this process gave its processor up, to wait. Linux only.</summary>
    public double? VoluntaryContextSwitchesPerSecond { get; init; }

    /// <summary>Gets how often a second a thread of this process lost its processor while it had work to do. Linux only.</summary>
    public double? InvoluntaryContextSwitchesPerSecond { get; init; }

    /// <summary>Gets the machine's memory in use, in percent from 0 to 100: what is not available, as <see cref="MachineAvailableMemoryBytes"/>
    /// counts it. In a container this is the host's figure. Linux only.</summary>
    public double? MachineMemoryPercent { get; init; }

    /// <summary>Gets the swap space of the machine in use, in bytes. In a container this is the host's figure. Linux only.</summary>
    public long? MachineSwapUsedBytes { get; init; }

    /// <summary>Gets the threads of the machine that run, want to run or wait for a disk, averaged by the kernel over about a minute.
    /// Linux only.</summary>
    public double? MachineLoad { get; init; }

    /// <summary>Gets the part of <see cref="Interval"/> in which some task of the machine waited for a processor, in percent.</summary>
    /// <value>0 to 100. Pressure stall information, Linux 4.20 and later; <see langword="null"/> elsewhere, and where it is switched off.</value>
    public double? CpuPressurePercent { get; init; }

    /// <summary>Gets likewise the part in which some task waited for memory, as when pages are reclaimed or swapped in.</summary>
    public double? MemoryPressurePercent { get; init; }

    /// <summary>Gets likewise the part in which every task that could have run waited for memory: nothing got done.</summary>
    public double? MemoryStallPercent { get; init; }

    /// <summary>Gets likewise the part in which some task waited for a disk.</summary>
    public double? IoPressurePercent { get; init; }

    /// <summary>Gets likewise the part in which every task that could have run waited for a disk: nothing got done.</summary>
    public double? IoStallPercent { get; init; }

    /// <summary>Gets the bytes read from the machine's disks per second over <see cref="Interval"/>. In a container the host's. Linux only.</summary>
    public double? MachineDiskReadBytesPerSecond { get; init; }

    /// <summary>Gets the bytes written to the machine's disks per second over <see cref="Interval"/>. In a container the host's. Linux only.</summary>
    public double? MachineDiskWrittenBytesPerSecond { get; init; }

    /// <summary>Gets the reads and writes of the machine's disks per second over <see cref="Interval"/>. In a container the host's. Linux only.</summary>
    public double? MachineDiskOperationsPerSecond { get; init; }

    /// <summary>Gets the bytes that the machine's network interfaces received per second over <see cref="Interval"/>, without loopback.</summary>
    /// <value>In a container with a network of its own: the container's. Linux only.</value>
    public double? MachineNetworkReceivedBytesPerSecond { get; init; }

    /// <summary>Gets likewise the bytes sent.</summary>
    public double? MachineNetworkSentBytesPerSecond { get; init; }

    /// <summary>Gets the cores used by this process's control group, all its processes together, over <see cref="Interval"/>. Linux only.</summary>
    public double? ControlGroupCpuCores { get; init; }

    /// <summary>Gets the memory that this process's control group holds, in bytes, files that the kernel keeps in memory for it included. Linux only.</summary>
    public long? ControlGroupMemoryBytes { get; init; }

    /// <summary>Gets the tightest memory limit of the control group and the groups around it, in bytes.</summary>
    /// <value><see langword="null"/> when nothing limits it. Read again with every 30th sample. Linux only.</value>
    public long? ControlGroupMemoryLimitBytes { get; init; }

    /// <summary>Gets the fullest of the disks in <see cref="ResourceSamplerOptions.DiskPaths"/>, as last read: every ten seconds.</summary>
    /// <value><see langword="null"/> when none was asked for, none can be read, or the last answer is more than a minute old.</value>
    public DiskSpace? FullestDisk { get; init; }

    /// <summary>Gets how long the CPU quota has held this process's control group back, added up over processors, since the group was
    /// made. Linux only.</summary>
    public TimeSpan? CpuThrottled { get; init; }

    /// <summary>Gets the part of the quota periods in <see cref="Interval"/> in which the quota was used up, in percent from 0 to 100.</summary>
    /// <value>0 without a quota. Linux only; <see langword="null"/> where the group's statistics cannot be read.</value>
    public double? CpuThrottledPercent { get; init; }
}
