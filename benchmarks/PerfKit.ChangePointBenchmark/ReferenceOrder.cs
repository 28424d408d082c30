using System.Collections;

namespace PerfKit.ChangePointBenchmark;

/// <summary>
/// A set of indices in the order in which the reference scorer walks it: that of a set of CPython, a hash table with runs of ten
/// neighboring slots. Where two true points compete for one prediction, the order decides what matches, so it is kept.
/// </summary>
internal sealed class ReferenceOrder : IEnumerable<int>
{
    private const int Run = 9;
    private int[] _slots = Empty(8);

    public int Count { get; private set; }

    public void Add(int index)
    {
        if (!Place(_slots, index))
            return;

        Count++;
        if (Count * 5 < (_slots.Length - 1) * 3)
            return;

        int size = 8;
        while (size <= Count * 4)
            size *= 2;

        int[] larger = Empty(size);
        foreach (int old in this)
            Place(larger, old);
        _slots = larger;
    }

    public IEnumerator<int> GetEnumerator() => _slots.Where(slot => slot >= 0).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static int[] Empty(int size)
    {
        int[] slots = new int[size];
        Array.Fill(slots, -1);
        return slots;
    }

    /// <summary>False when the index is already there.</summary>
    private static bool Place(int[] slots, int index)
    {
        int mask = slots.Length - 1, start = index & mask;
        for (int perturbed = index; ; start = (start * 5 + 1 + perturbed) & mask)
        {
            int last = start + Run <= mask ? start + Run : start;
            for (int slot = start; slot <= last; slot++)
            {
                if (slots[slot] == index)
                    return false;
                if (slots[slot] >= 0)
                    continue;
                slots[slot] = index;
                return true;
            }

            perturbed >>= 5;
        }
    }
}
