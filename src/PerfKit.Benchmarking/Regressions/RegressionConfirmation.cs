namespace PerfKit.Benchmarking;

/// <summary>What running again said about a suspect. Immutable.</summary>
/// <param name="Runs">How many runs were made.</param>
/// <param name="Paired">Whether the last good and the newest commit were run in pairs; otherwise only the newest was, beside the history.</param>
/// <param name="PValue">The p-value of the reruns (in pairs), or of the history with them; <see langword="null"/> when no rerun gave a figure.</param>
public sealed record RegressionConfirmation(int Runs, bool Paired, double? PValue);

/// <summary>Runs the two commits of a suspect again, on this machine, one measurement a call.</summary>
/// <param name="LastGood">Measures the last good commit once, in the unit of the metric.</param>
/// <param name="Newest">Measures the newest commit once, in the unit of the metric.</param>
/// <remarks>
/// Pairs are run one after the other, in an order drawn for each pair: what both share (a warm machine, a noisy neighbor) cancels, and the test is exact
/// whatever the noise (L. Bulej et al., "Duet benchmarking: improving measurement accuracy in the cloud", ICPE 2020).
/// </remarks>
public sealed record PairedRerun(Func<CancellationToken, Task<double>> LastGood, Func<CancellationToken, Task<double>> Newest);
