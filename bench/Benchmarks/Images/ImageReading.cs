using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using LuoHandlers.Emulation;
using LuoHandlers.Inspection;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;
using MemfdHandlerSample;

namespace LuoHandlers.Benchmarks.Images;

/// <summary>An image with one memfd: saved, loaded, inspected, and booted from to get the file back.</summary>
[SteadyConfiguration]
public class ImageReading
{
    private string _path = null!;
    private Machine _machine = null!;

    /// <summary>The size of the memfd, in MiB.</summary>
    [Params(1, 256)]
    public int Mebibytes { get; set; }

    [GlobalSetup]
    public void HandOver()
    {
        _machine = Machine.Create(new MachineOptions { MemorySize = 2UL << 30 });
        Kernel kernel = _machine.Boot();
        kernel.RegisterFileHandler(new MemfdHandler());
        var memfd = new Memfd(kernel.Pages);
        byte[] block = RandomNumberGenerator.GetBytes(1 << 20);
        for (int i = 0; i < Mebibytes; i++)
            memfd.Write(block);
        using (LiveUpdateDevice device = kernel.OpenLiveUpdate())
        {
            device.CreateSession("bench").PreserveFile(1, memfd);
            kernel.KexecToHandover();
        }
        _path = Path.GetTempFileName();
        _machine.SaveImage(_path);
    }

    [GlobalCleanup]
    public void Delete()
    {
        _machine.Dispose();
        File.Delete(_path);
    }

    [Benchmark]
    public void Save() => _machine.SaveImage(Stream.Null);

    [Benchmark]
    public void Load() => Machine.FromImage(_path).Dispose();

    [Benchmark]
    public int Inspect()
    {
        using HandoverReport report = HandoverReport.Read(_path);
        return report.Sessions.Count;
    }

    [Benchmark]
    public long LoadBootRetrieve()
    {
        using var machine = Machine.FromImage(_path);
        Kernel kernel = machine.Boot();
        kernel.RegisterFileHandler(new MemfdHandler());
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        using LiveUpdateSession session = device.RetrieveSession("bench");
        Memfd memfd = session.RetrieveFile<Memfd>(1);
        session.Finish();
        return memfd.Size;
    }
}
