namespace PerfKit.Reporting;

/// <summary>
/// Puts bars into lanes: in one lane, two bars are apart or one lies wholly in the other, as viewers require of the slices of
/// one thread. A bar stands on another only if it is its child; bars that overlap otherwise get lanes of their own, because
/// a viewer would show one as part of the other.
/// </summary>
internal static class TraceLanes
{
    /// <summary>Assigns a lane to each bar. Near-linear in the number of bars.</summary>
    /// <returns>For each bar of the tree its lane, from 0.</returns>
    public static int[] Assign(TimelineTree tree)
    {
        var laneOf = new int[tree.Bars.Count];
        var lanes = new List<Stack<int>>(); // the bars that are open in each lane, the innermost on top
        var busy = new PriorityQueue<int, TimeSpan>(); // lanes by the end of their outermost bar
        var idle = new PriorityQueue<int, int>();
        for (int bar = 0; bar < laneOf.Length; bar++)
        {
            TimeSpan start = tree.Bars[bar].Start;
            while (busy.TryPeek(out int lane, out TimeSpan end) && end <= start)
            {
                busy.Dequeue();
                idle.Enqueue(lane, lane);
            }

            // Bars come in order of start, so a parent has its lane already, unless it begins after its child.
            int parent = tree.ParentOf(bar);
            if (parent >= 0 && parent < bar && Holds(lanes[laneOf[parent]], parent))
            {
                laneOf[bar] = laneOf[parent];
            }
            else
            {
                if (!idle.TryDequeue(out laneOf[bar], out _))
                {
                    laneOf[bar] = lanes.Count;
                    lanes.Add(new Stack<int>());
                }

                lanes[laneOf[bar]].Clear();
                busy.Enqueue(laneOf[bar], tree.EndOf(bar));
            }

            lanes[laneOf[bar]].Push(bar);

            bool Holds(Stack<int> open, int outer)
            {
                while (open.TryPeek(out int innermost) && tree.EndOf(innermost) <= start)
                {
                    open.Pop();
                }

                return open.TryPeek(out int around) && around == outer && tree.EndOf(bar) <= tree.EndOf(outer);
            }
        }

        return laneOf;
    }
}
