namespace PerfKit.Storage;

/// <summary>A file of runs was refused as a whole: one value in it is not allowed.</summary>
public sealed class StoreFormatException : FormatException
{
    internal StoreFormatException(string jsonPath, string value, string allowed, Exception? inner = null)
        : base($"{jsonPath} is {value}; allowed is {allowed}. Nothing was imported.", inner)
    {
        JsonPath = jsonPath;
        Value = value;
        Allowed = allowed;
    }

    /// <summary>Gets where the value stands in the file, for example <c>$.runs[3].kind</c>; <c>$</c> for the file as a whole.</summary>
    public string JsonPath { get; }

    /// <summary>Gets the refused value as JSON text, shortened when long, or words in its place, for example <c>missing</c>.</summary>
    public string Value { get; }

    /// <summary>Gets what would have been allowed there, in words.</summary>
    public string Allowed { get; }
}
