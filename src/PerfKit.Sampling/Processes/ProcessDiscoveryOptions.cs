using System.Globalization;

namespace PerfKit.Sampling;

/// <summary>What a <see cref="ProcessDiscovery"/> looks for, and what it keeps open.</summary>
public sealed record ProcessDiscoveryOptions
{
    internal const int MaxKeptFiles = 65_536;

    /// <summary>Gets how many files are kept open between calls, so that the next call need not open them: three a process. Linux only.</summary>
    /// <value>Default 4,096. From 0 to 65,536, both included; never more than a quarter of what the process may open. They are
    /// opened for processes that are seen a second time, and closed when a minute has passed without a call.</value>
    public int KeptFiles { get; init; } = 4096;

    /// <summary>Gets whether <see cref="ProcessInfo.ListeningPorts"/> is looked for.</summary>
    /// <value>Default <see langword="true"/>. Who listens is looked up every ten seconds at most.</value>
    public bool FindsListeningPorts { get; init; } = true;

    internal void Check()
    {
        if (KeptFiles is < 0 or > MaxKeptFiles)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{nameof(KeptFiles)} is {KeptFiles}; allowed is from 0 to {MaxKeptFiles}."));
    }
}
