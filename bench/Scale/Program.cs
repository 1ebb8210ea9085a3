// How the cost of an operation grows with the number of entries. Each figure is the average over the growth from empty to n, the best of several
// runs: what disturbs a run makes it slower, never faster.
using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using LuoHandlers.Emulation;
using LuoHandlers.Scale;
using LuoHandlers.Uapi;

int[] counts = [10, 100, 1_000, 10_000, 50_000];
const int Runs = 15;

Console.WriteLine("| entries | create_session ns | bytes | preserve_fd ns | bytes | retrieve_fd ns | bytes |");
Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
Measure(1_000);
foreach (int count in counts)
    Console.WriteLine(Measure(count));

static string Measure(int count)
{
    // Small counts are over in microseconds: repeat them.
    int runs = Math.Max(Runs, 2_000_000 / count / 10);
    (double Ns, double Bytes) create = (double.MaxValue, 0), preserve = create, retrieve = create;
    for (int run = 0; run < runs; run++)
    {
        (double Ns, double Bytes)[] figures = RunOnce(count);
        create = figures[0].Ns < create.Ns ? figures[0] : create;
        preserve = figures[1].Ns < preserve.Ns ? figures[1] : preserve;
        retrieve = figures[2].Ns < retrieve.Ns ? figures[2] : retrieve;
    }
    return string.Create(
        CultureInfo.InvariantCulture,
        $"| {count:N0} | {create.Ns:F0} | {create.Bytes:F0} | {preserve.Ns:F0} | {preserve.Bytes:F0} | {retrieve.Ns:F0} | {retrieve.Bytes:F0} |");
}

static (double Ns, double Bytes)[] RunOnce(int count)
{
    using var machine = Machine.Create(new MachineOptions { MemorySize = 1UL << 30 });
    Kernel kernel = machine.Boot();
    kernel.RegisterFileHandler(new PlainHandler());
    int device = kernel.OpenDevice();
    byte[] name = new byte[LiveUpdateIoctl.NameArgumentSize];
    byte[] file = new byte[LiveUpdateIoctl.FileArgumentSize];
    BinaryPrimitives.WriteInt32LittleEndian(name, name.Length);
    BinaryPrimitives.WriteInt32LittleEndian(file, file.Length);

    var create = Time(count, i =>
    {
        i.TryFormat(name.AsSpan(LiveUpdateIoctl.NameOffset), out _, "D8");
        return kernel.Ioctl(device, LiveUpdateIoctl.CreateSession, new UserBuffer(name));
    });
    int session = BinaryPrimitives.ReadInt32LittleEndian(name.AsSpan(LiveUpdateIoctl.DescriptorOffset));
    int[] descriptors = [.. Enumerable.Range(0, count).Select(_ => kernel.OpenFile(() => new PlainFile()))];
    var preserve = Time(count, i =>
    {
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(LiveUpdateIoctl.DescriptorOffset), descriptors[i]);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(LiveUpdateIoctl.TokenOffset), (ulong)i);
        return kernel.Ioctl(session, LiveUpdateIoctl.PreserveFd, new UserBuffer(file));
    });

    kernel = kernel.Kexec();
    var handler = new PlainHandler();
    handler.Prepare(count);
    kernel.RegisterFileHandler(handler);
    device = kernel.OpenDevice();
    if (kernel.Ioctl(device, LiveUpdateIoctl.RetrieveSession, new UserBuffer(name)) != 0)
        throw new InvalidOperationException("The session was not retrieved.");
    session = BinaryPrimitives.ReadInt32LittleEndian(name.AsSpan(LiveUpdateIoctl.DescriptorOffset));
    var retrieve = Time(count, i =>
    {
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(LiveUpdateIoctl.TokenOffset), (ulong)i);
        return kernel.Ioctl(session, LiveUpdateIoctl.RetrieveFd, new UserBuffer(file));
    });
    return [create, preserve, retrieve];
}

static (double Ns, double Bytes) Time(int count, Func<int, int> operation)
{
    long bytes = GC.GetAllocatedBytesForCurrentThread();
    long started = Stopwatch.GetTimestamp();
    for (int i = 0; i < count; i++)
    {
        int result = operation(i);
        if (result != 0)
            throw new InvalidOperationException($"Operation {i} of {count} failed with {result}.");
    }
    TimeSpan time = Stopwatch.GetElapsedTime(started);
    return (time.TotalNanoseconds / count, (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / count);
}
