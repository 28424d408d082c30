namespace CiGate;

/// <summary>Says which benchmark runs.</summary>
internal sealed class Line : IProgress<string>
{
    public void Report(string value) => Console.WriteLine($"Measuring {value} …");
}
