using System.Globalization;
using System.Text;
using FsCheck;

namespace PerfKit.Sampling.Tests;

/// <summary>What holds for every parser and any bytes.</summary>
public sealed class ParserProperties
{
    [Fact]
    public void Parsers_anyBytes_neverThrow() => Prop.ForAll<byte[]>(ParseAll).QuickCheckThrowOnFailure();

    [Fact]
    public void Parsers_damagedFiles_neverThrow()
    {
        byte[][] files = [.. RecordedFile.All("*")];
        Prop.ForAll<PositiveInt, int[]>((which, damage) =>
        {
            byte[] file = [.. files[which.Get % files.Length]];
            foreach (int d in damage)
            {
                uint bits = unchecked((uint)d * 2654435761);
                file[bits % file.Length] = (byte)(bits >> 24);
            }

            ParseAll(file);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Parsers_fileCutOffAnywhere_giveTheWholeTruthOrNothing()
    {
        foreach (byte[] file in RecordedFile.All("*"))
        {
            string whole = Describe(file);
            for (int length = 0; length < file.Length; length++)
            {
                string[] parts = Describe(file[..length]).Split(';');
                Assert.All(parts.Zip(whole.Split(';')), pair => Assert.True(pair.First == "-" || pair.First == pair.Second,
                    $"{length} of {file.Length} bytes gave {pair.First}, all of them {pair.Second}."));
            }
        }
    }

    [Fact]
    public void ProcPidStat_anyLineTheKernelCouldWrite_isReadBack()
    {
        Prop.ForAll<byte[], NonNegativeInt[], PositiveInt>((anyName, numbers, id) =>
        {
            byte[] name = [.. anyName.Where(b => b != 0).Take(15)];
            long N(int i) => numbers.Length == 0 ? 0 : numbers[i % numbers.Length].Get;
            string tail = string.Create(CultureInfo.InvariantCulture,
                $") S {N(0)} 1 1 34816 -1 4194560 1 2 3 4 {N(1)} {N(2)} 0 0 20 0 {N(3)} 0 {N(4)} 18446744073709551615 {N(5)} 0 0\n");
            byte[] line = [.. Encoding.ASCII.GetBytes($"{id.Get} ("), .. name, .. Encoding.ASCII.GetBytes(tail)];

            Assert.True(ProcPidStat.TryParse(line, out ProcPidStat stat));
            Assert.Equal(id.Get, stat.Id);
            Assert.Equal(name, stat.Name.ToArray());
            Assert.Equal(N(0), stat.ParentId);
            Assert.Equal(TimeSpan.FromMilliseconds(10 * (N(1) + N(2))), stat.CpuTime);
            Assert.Equal(N(3), stat.Threads);
            Assert.Equal(TimeSpan.FromMilliseconds(10 * N(4)), stat.StartedAfterBoot);
            Assert.Equal(N(5), stat.ResidentPages);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void ProcPidIo_anyCounters_areReadBack()
    {
        Prop.ForAll(Arb.From(Gen.ArrayOf(6, Gen.Choose(0, int.MaxValue).Select(n => n * 4294967295L))), n =>
        {
            (n[2], n[3]) = (n[2] / 2, n[3] / 2); // they are added up
            string io = string.Create(CultureInfo.InvariantCulture,
                $"rchar: {n[0]}\nwchar: {n[1]}\nsyscr: {n[2]}\nsyscw: {n[3]}\nread_bytes: {n[4]}\nwrite_bytes: {n[5]}\ncancelled_write_bytes: 0\n");

            Assert.True(ProcPidIo.TryParse(Encoding.ASCII.GetBytes(io), out ProcPidIo parsed));
            Assert.Equal(new ProcPidIo(n[0], n[1], n[2], n[3], n[4], n[5]), parsed);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void CgroupMax_anyQuota_isReadBack()
    {
        Prop.ForAll<PositiveInt, PositiveInt>((quota, period) =>
        {
            byte[] text = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{quota.Get} {period.Get}\n"));
            Assert.True(CgroupCpu.TryParseMax(text, out double? cores));
            Assert.Equal((double)quota.Get / period.Get, cores);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void PressureStall_anyTotals_areReadBack()
    {
        Prop.ForAll<PositiveInt, PositiveInt>((some, full) =>
        {
            byte[] text = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"some avg10=0.00 avg60=1.00 avg300=99.99 total={some.Get * 1000L}\nfull avg10=0.00 avg60=0.00 avg300=0.00 total={full.Get}\n"));
            Assert.True(PressureStall.TryParse(text, out PressureStall parsed));
            Assert.Equal(new PressureStall(TimeSpan.FromMilliseconds(some.Get), TimeSpan.FromMicroseconds(full.Get)), parsed);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void DiskStats_anyCounters_areReadBack()
    {
        Prop.ForAll<NonNegativeInt[]>(numbers =>
        {
            long N(int i) => numbers.Length == 0 ? 0 : numbers[i % numbers.Length].Get;
            ReadOnlySpan<byte> text = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $" 259 0 nvme0n1 {N(0)} 1 {N(1)} 2 {N(2)} 3 {N(3)} 4 5 {N(4)} 6\n"));
            Assert.True(DiskStats.TryNext(ref text, out DiskStats disk));
            Assert.Equal("nvme0n1"u8, disk.Name);
            Assert.Equal(new DiskCounters(512 * N(1), 512 * N(3), N(0) + N(2), TimeSpan.FromMilliseconds(N(4))), disk.Counters);
            Assert.True(text.IsEmpty);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void NetDev_anyCounters_areReadBack()
    {
        Prop.ForAll<NonNegativeInt[]>(numbers =>
        {
            long N(int i) => numbers.Length == 0 ? 0 : numbers[i % numbers.Length].Get;
            ReadOnlySpan<byte> text = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"  eth0:1: {N(0)} {N(1)} {N(2)} {N(3)} 0 0 0 0 {N(4)} {N(5)} {N(6)} {N(7)} 0 0 0 0\n"));
            Assert.True(NetDev.TryNext(ref text, out NetDev network));
            Assert.Equal("eth0:1"u8, network.Name);
            Assert.Equal(new NetworkCounters(N(0), N(4), N(1) + N(5), N(2) + N(6), N(3) + N(7)), network.Counters);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void TcpTable_anyListener_isReadBack()
    {
        Prop.ForAll(Arb.From(Gen.Choose(0, 65_535)), Arb.Default.PositiveInt(), (port, socket) =>
        {
            byte[] line = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"   7: 0100007F:{port:X4} 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 {socket.Get} 1\n"));
            Assert.True(TcpTable.TryParseListener(line, out int readPort, out long readSocket));
            Assert.Equal((port, (long)socket.Get), (readPort, readSocket));
        }).QuickCheckThrowOnFailure();
    }

    private static void ParseAll(byte[] bytes) => Describe(bytes);

    /// <summary>What each parser makes of the bytes, parted by semicolons; a dash for a refusal.</summary>
    private static string Describe(byte[] bytes)
    {
        ReadOnlySpan<byte> text = bytes;
        CgroupLocation.TryFindPath(text, 1, out string path);
        _ = CgroupLocation.Folders(text, 1, path); // paths have no end mark: cut off they are other paths, so they are not compared
        CgroupLocation.TryFindPath(text, 2, out path);
        _ = CgroupLocation.Folders(text, 2, path);
        return string.Join(';',
            ProcPidStat.TryParse(text, out ProcPidStat s)
                ? $"{s.Id} {Convert.ToHexString(s.Name)} {s.ParentId} {s.CpuTime} {s.Threads} {s.StartedAfterBoot} {s.ResidentPages}" : "-",
            ProcPidIo.TryParse(text, out ProcPidIo io) ? $"{io}" : "-",
            ProcStat.TryParse(text, out MachineCpuTicks ticks) ? $"{ticks}" : "-",
            ProcStat.TryParseBootTime(text, out DateTimeOffset boot) ? $"{boot:O}" : "-",
            MemInfo.TryParse(text, out long available) ? $"{available}" : "-",
            MemInfo.TryParseUsed(text, out double used) ? $"{used}" : "-",
            MemInfo.TryParseSwap(text, out long swapped) ? $"{swapped}" : "-",
            PressureStall.TryParse(text, out PressureStall pressure) ? $"{pressure.Some}" : "-", // without its last line there is less to say
            ProcPidStatm.TryParse(text, out long pages) ? $"{pages}" : "-",
            ProcPidLimits.TryParseOpenFiles(text, out long? openFiles) ? $"{openFiles}" : "-",
            CgroupMemory.TryLimit(text, out long? limit) ? $"{limit}" : "-",
            CgroupCpu.TryParseUsed(text, out TimeSpan used2) ? $"{used2}" : "-",
            TcpTable.TryParseListener(text, out int port, out long socket) ? $"{port} {socket}" : "-",
            ContainerId.Find(text) ?? "-",
            Disk(text), Network(text), Processor(text),
            CgroupThrottling.TryParse(text, out CgroupThrottling throttling) ? $"{throttling}" : "-",
            LoadAverage.TryParse(text, out double load) ? $"{load}" : "-",
            CgroupCpu.TryParseMax(text, out double? max) ? $"{max}" : "-",
            CgroupCpu.TryParseQuota(text, text, out double? quota) ? $"{quota}" : "-");
    }

    private static string Disk(ReadOnlySpan<byte> text) => DiskStats.TryNext(ref text, out DiskStats disk) ? $"{Convert.ToHexString(disk.Name)} {disk.Counters}" : "-";

    private static string Network(ReadOnlySpan<byte> text) => NetDev.TryNext(ref text, out NetDev network) ? $"{Convert.ToHexString(network.Name)} {network.Counters}" : "-";

    private static string Processor(ReadOnlySpan<byte> text) => ProcStat.TryNextProcessor(ref text, out int processor, out MachineCpuTicks ticks) ? $"{processor} {ticks}" : "-";
}
