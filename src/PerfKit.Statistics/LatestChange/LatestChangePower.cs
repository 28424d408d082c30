namespace PerfKit.Statistics;

/// <summary>
/// How well <see cref="LatestChange"/> sees a step in one series, from that series' own noise and the rule itself: futures are drawn from the fitted
/// autoregression and its innovations (P. Bühlmann, "Sieve bootstrap for time series", Bernoulli 3 (1997), 123–148), a step is added, and
/// the rule is asked after each value. Deterministic; safe to call from any thread.
/// </summary>
public sealed class LatestChangePower
{
    private const int Futures = 400;
    private const ulong Seed = 20;

    /// <summary>Steps are looked for between so many noise widths; each halving of the logarithm leaves half, so that 2 % are left at the end.</summary>
    private const double LeastStep = 0.125, LargestStep = 32;
    private const int Halvings = 8;

    private readonly int _window;
    private readonly NoiseGuesses _guesses;
    private readonly PValueTable[] _tables;         // one for each guess
    private readonly double _falseAlarmRate;

    private LatestChangePower(int window, NoiseGuesses guesses, PValueTable[] tables, double falseAlarmRate)
    {
        _window = window;
        _guesses = guesses;
        _tables = tables;
        _falseAlarmRate = falseAlarmRate;
    }

    /// <summary>Gets the width of the noise: the robust standard deviation of the values before the newest ones, in their unit.</summary>
    public double Noise => _guesses.Central.Noise.Width;

    /// <summary>Gets the median of those values, in their unit.</summary>
    public double Level => _guesses.Central.Noise.Level;

    /// <summary>Gets the most values after a step that can be asked about: the window of newest values.</summary>
    public int MostRuns => _window;

    internal static LatestChangePower From(ReadOnlySpan<double> series, int window, double falseAlarmRate)
    {
        var guesses = new NoiseGuesses(series[..^window], window);
        return new LatestChangePower(window, guesses, [.. guesses.All.Select(guess => new PValueTable(guess.Model.Scan))], falseAlarmRate);
    }

    /// <summary>The same series asked at another rate of false alarms, which costs nothing: the noise is known already.</summary>
    /// <param name="falseAlarmRate">Above 0 and below 0.5.</param>
    /// <returns>What can be asked.</returns>
    /// <exception cref="ArgumentException">The rate is out of range; the message names its value and what is allowed.</exception>
    public LatestChangePower At(double falseAlarmRate)
    {
        new LatestChangeOptions { FalseAlarmRate = falseAlarmRate }.Validate(nameof(falseAlarmRate));
        return new LatestChangePower(_window, _guesses, _tables, falseAlarmRate);
    }

    /// <summary>Gives the probability that a step is found at one of the values that follow it.</summary>
    /// <param name="step">How far the level rises, in the unit of the values.</param>
    /// <param name="runs">How many values follow, the first of the new level included; from 1 to the window.</param>
    /// <returns>From 0 to 1; drawn from 400 futures, so to 2.5 points (one standard deviation) at most.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="runs"/> is out of range.</exception>
    public double Of(double step, int runs)
    {
        Check(runs);
        return FoundAfter(step, runs).Count(after => after <= runs) / (double)Futures;
    }

    /// <summary>Tells whether <see cref="Of"/> reaches a probability, which takes less time than to tell how much it is.</summary>
    /// <param name="step">How far the level rises, in the unit of the values.</param>
    /// <param name="probability">Above 0, at most 1.</param>
    /// <param name="runs">How many values follow, the first of the new level included; from 1 to the window.</param>
    /// <returns>Whether the step is found as surely.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public bool Sees(double step, double probability, int runs)
    {
        Check(runs);
        if (!(probability is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "Allowed is above 0, at most 1.");
        int drawn = 0, missed = 0;
        foreach (int after in FoundAfter(step, runs))
        {
            drawn++;
            missed += after <= runs ? 0 : 1;
            if (Futures - missed < probability * Futures || drawn - missed >= probability * Futures)
                break;
        }

        return drawn - missed >= probability * Futures;
    }

    /// <summary>Gives the smallest step that is found with a probability within so many values.</summary>
    /// <param name="probability">Between 0 and 1, both excluded.</param>
    /// <param name="runs">How many values follow, the first of the new level included; from 1 to the window.</param>
    /// <returns>In the unit of the values; <see langword="null"/> when no step of up to 32 noise widths is found as surely.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public double? SmallestStep(double probability, int runs)
    {
        Check(runs);
        Check(probability);
        double low = LeastStep * Noise, high = LargestStep * Noise;
        if (!Sees(high, probability, runs))
            return null;

        for (int i = 0; i < Halvings; i++)
        {
            double middle = Math.Sqrt(low * high);
            if (Sees(middle, probability, runs))
                high = middle;
            else
                low = middle;
        }

        return high;
    }

    /// <summary>Gives how many values after a step it takes to find it with a probability.</summary>
    /// <param name="step">How far the level rises, in the unit of the values.</param>
    /// <param name="probability">Between 0 and 1, both excluded.</param>
    /// <returns><see langword="null"/> when even as many values as the window are too few.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is out of range.</exception>
    public int? RunsToSee(double step, double probability)
    {
        Check(probability);
        int[] after = [.. FoundAfter(step, _window).Order()];
        int runs = after[Math.Min(Futures - 1, (int)Math.Ceiling(probability * Futures) - 1)];
        return runs <= _window ? runs : null;
    }

    /// <summary>For each future, the number of values after the step with which it was found; more than <paramref name="runs"/>: not found.</summary>
    private IEnumerable<int> FoundAfter(double step, int runs)
    {
        var random = new SplitMix(Seed);
        double[] future = new double[_window + _window + runs];
        double[][] scores = [.. _guesses.All.Select(_ => new double[future.Length])];
        for (int i = 0; i < Futures; i++)
        {
            Draw(future, ref random);
            for (int t = future.Length - runs; t < future.Length; t++)
                future[t] += step;
            for (int g = 0; g < scores.Length; g++)
            {
                ReferenceNoise noise = _guesses.All[g].Model.Noise;
                for (int t = _window; t < future.Length; t++)
                    scores[g][t] = noise.Score(noise.Memory.Innovation(future, t));
            }

            int found = 1;
            while (found <= runs && !IsFound(scores, future.Length - runs + found))
                found++;
            yield return found;
        }
    }

    /// <summary>Guesses of a large memory come first: they decide most often alone.</summary>
    private bool IsFound(double[][] scores, int end)
    {
        double probability = 0;
        for (int g = scores.Length - 1; g >= 0 && probability < _falseAlarmRate; g--)
        {
            (double share, NoiseModel model) = _guesses.All[g];
            probability += share * _tables[g].Of(model.Peak(scores[g].AsSpan(end - _window, _window)));
        }

        return probability < _falseAlarmRate;
    }

    /// <summary>The first window of the future only carries it away from where the series stands.</summary>
    private void Draw(double[] future, ref SplitMix random)
    {
        ReferenceNoise noise = _guesses.Central.Noise;
        int order = noise.Memory.Order;
        for (int t = 0; t < future.Length; t++)
        {
            double innovation = noise.Innovations[random.Below(noise.Count)];
            future[t] = t < order ? noise.Level : innovation + noise.Memory.Remembered(future, t);
        }
    }

    private void Check(int runs)
    {
        if (runs < 1 || runs > _window)
            throw new ArgumentOutOfRangeException(nameof(runs), runs, $"Allowed is from 1 to {_window}.");
    }

    private static void Check(double probability)
    {
        if (!(probability is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is between 0 and 1, both excluded.");
    }
}
