namespace PerfKit.Benchmarking;

/// <summary>One value of a configuration that is not allowed. Immutable.</summary>
/// <param name="Path">Where it stands, for example <c>$.thresholds.api_call.minSuccessRate</c>.</param>
/// <param name="Value">The value as JSON text, shortened when long, or words in its place, for example <c>an unknown key</c>.</param>
/// <param name="Allowed">What is allowed there, in words.</param>
public sealed record ConfigurationMistake(string Path, string Value, string Allowed)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path} is {Value}; allowed is {Allowed}.";
}

/// <summary>A configuration was refused; the message has every mistake in it.</summary>
public sealed class ConfigurationException : FormatException
{
    internal ConfigurationException(string source, IReadOnlyList<ConfigurationMistake> mistakes, Exception? inner = null)
        : base($"{source} was refused. {string.Join(' ', mistakes)}", inner) => Mistakes = mistakes;

    /// <summary>Gets the mistakes in the order of the file; at least one.</summary>
    public IReadOnlyList<ConfigurationMistake> Mistakes { get; }
}
