namespace PerfKit.Sampling;

/// <summary>
/// Summaries in little space: single precision, in blocks that are made when they are first needed, so that a process that lives for
/// minutes pays for minutes. The caller locks.
/// </summary>
internal sealed class SummaryRing(int capacity)
{
    private const int BlockRows = 64;

    private readonly Block?[] _blocks = new Block?[(capacity + BlockRows - 1) / BlockRows];
    private int _next;

    internal int Capacity => capacity;

    internal int Count { get; private set; }

    internal void Add(long start, int samples, ReadOnlySpan<FigureRange> figures)
    {
        Block block = _blocks[_next / BlockRows] ??= new Block();
        block.Write(_next % BlockRows, start, samples, figures);
        _next = _next + 1 == capacity ? 0 : _next + 1;
        if (Count < capacity) Count++;
    }

    /// <param name="age">0 is the oldest.</param>
    internal long StartOf(int age) => BlockOf(age, out int row).Starts[row];

    internal SampleSummary Read(int age, TimeSpan width) => BlockOf(age, out int row).Read(row, width);

    private Block BlockOf(int age, out int row)
    {
        int index = _next - Count + age;
        if (index < 0) index += capacity;
        row = index % BlockRows;
        return _blocks[index / BlockRows]!;
    }

    private sealed class Block
    {
        private const int Parts = 4;

        internal readonly long[] Starts = new long[BlockRows];
        private readonly int[] _samples = new int[BlockRows];
        private readonly ushort[] _counts = new ushort[BlockRows * SampleFigures.Count]; // more than this share the weight of this
        private readonly float[] _figures = new float[BlockRows * SampleFigures.Count * Parts];

        internal void Write(int row, long start, int samples, ReadOnlySpan<FigureRange> figures)
        {
            Starts[row] = start;
            _samples[row] = samples;
            for (int i = 0; i < figures.Length; i++)
            {
                int at = (row * figures.Length) + i;
                FigureRange figure = figures[i];
                _counts[at] = (ushort)Math.Min(figure.Count, ushort.MaxValue);
                Span<float> parts = _figures.AsSpan(at * Parts, Parts);
                (parts[0], parts[1], parts[2], parts[3]) = ((float)figure.Minimum, (float)figure.Mean, (float)figure.Maximum, (float)figure.Last);
            }
        }

        internal SampleSummary Read(int row, TimeSpan width)
        {
            var figures = new FigureRange?[SampleFigures.Count];
            for (int i = 0; i < figures.Length; i++)
            {
                int at = (row * figures.Length) + i;
                if (_counts[at] == 0) continue;
                ReadOnlySpan<float> parts = _figures.AsSpan(at * Parts, Parts);
                figures[i] = new FigureRange(parts[0], parts[1], parts[2], parts[3], _counts[at]);
            }

            return new SampleSummary(new DateTimeOffset(Starts[row], TimeSpan.Zero), width, _samples[row], figures);
        }
    }
}
