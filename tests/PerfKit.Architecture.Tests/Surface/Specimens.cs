namespace PerfKit.Architecture.Tests.Specimens;

// Types whose whole surface PublicSurfaceDescriberTests states. They are public because only public surface is described.
#pragma warning disable // every one: awkward shapes and unused members are the point
public enum Plain
{
    Zero,
    Five = 5,
}

[Flags]
public enum Wide : long
{
    Top = 1L << 40,
}

public static class Statics
{
    public const string Text = "a\"b";
    public const double Number = 0.5;
    public const Plain Choice = Plain.Five;
    public static readonly IReadOnlyList<string?> Names = [];

    public static string? Find(this string text, int from = -1, Plain plain = Plain.Five, CancellationToken ct = default, string? other = null) => null;

    public static bool Try(in long key, ref int count, out Dictionary<string, object?>? found, params int[] rest) => (found = null) is null;

    public static T Pick<T, TOther>(T first, Func<T, TOther?> other)
        where T : class, IComparable<T>, new()
        where TOther : struct => first;

    public static (int Low, int High)? Range(double? value) => null;

    private static void Hidden()
    {
    }
}

public abstract class Shape : IDisposable
{
    protected readonly int _sides;

    protected Shape(int sides) => _sides = sides;

    public event EventHandler? Changed;

    public abstract double Area { get; }

    public virtual string? Name { get; protected set; }

    public string? this[int index] => null;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    protected virtual void Grow(double by)
    {
    }

    private protected void Secret()
    {
    }

    internal void Inside()
    {
    }

    public sealed class Dot : Shape
    {
        public Dot()
            : base(0)
        {
        }

        public override double Area => 0;
    }
}

public sealed record Reading(string Service, double? Value = null)
{
    public required DateTimeOffset At { get; init; }

    public string Note { get; set; } = "";
}

public readonly record struct Pair<T>(T First, T? Second)
    where T : notnull;

public ref struct Cursor
{
    public ReadOnlySpan<byte> Rest { get; private set; }
}

public interface IStore<out T> : IAsyncDisposable
    where T : class?
{
    int Count { get; }

    IReadOnlyList<T?> Read(string? path);

    static abstract IStore<T> Open();
}

public delegate bool Choose<in T>(T item, string? why = null);
