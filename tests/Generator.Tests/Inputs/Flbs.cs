using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Generator.Tests.Scripting;
using LuoHandlers.Kho;
using LuoHandlers.Vfs;

namespace Sharing;

[PreservedState]
public struct IommuState
{
    public ulong Magic, Count, Reserved;
}

[PreservedState]
public struct PciState
{
    public uint Count;
}

/// <summary>A state in memory of its own.</summary>
[LiveUpdateFlb("iommu-core-v1")]
public sealed partial class IommuCore : IScriptedFlb
{
    public string? Failing { get; set; }

    public IList<string> Calls { get; } = new List<string>();

    private Domains Preserve(out IommuState state, IKho kho)
    {
        Run("preserve");
        state = new IommuState { Magic = 7, Count = 3 };
        return new Domains(3);
    }

    private void Unpreserve(Domains domains, in IommuState state) => Run($"unpreserve {state.Magic} {domains.Count}");

    private Domains Retrieve(in IommuState state, IKho kho)
    {
        Run("retrieve");
        return new Domains(state.Count);
    }

    // The state lives until here.
    private void Finish(Domains domains, in IommuState state) => Run($"finish {state.Magic} {domains.Count}");

    private void Run(string call)
    {
        Calls.Add(call);
        if (call == Failing)
            throw new ErrnoException(Errno.EBUSY);
    }
}

public sealed class Buses
{
    public uint Count;
}

public partial class Pci
{
    /// <summary>A state in the handle, nested.</summary>
    [LiveUpdateFlb("pci-core-v1")]
    internal sealed partial class Core : IScriptedFlb
    {
        public string? Failing { get; set; }

        public IList<string> Calls { get; } = new List<string>();

        private static Buses Preserve(out PciState state)
        {
            state = new PciState { Count = 5 };
            return new Buses { Count = 5 };
        }

        private void Unpreserve() => Calls.Add("unpreserve");

        private Buses Retrieve(PciState state)
        {
            Calls.Add($"retrieve {state.Count}");
            return new Buses { Count = state.Count };
        }

        private void Finish(PciState state, Buses buses) => Calls.Add($"finish {state.Count} {buses.Count}");
    }
}

/// <summary>The handle itself.</summary>
[LiveUpdateFlb("raw-core-v1")]
public sealed partial class RawCore : IScriptedFlb
{
    public string? Failing { get; set; }

    public IList<string> Calls { get; } = new List<string>();

    // Not the generated ones.
    public static int GetIncoming => 1;

    private object Preserve(out ulong serializedData)
    {
        serializedData = 0x1234;
        return "raw";
    }

    private void Unpreserve(ulong serializedData) => Calls.Add($"unpreserve {serializedData:x}");

    private object Retrieve(ulong serializedData)
    {
        Calls.Add($"retrieve {serializedData:x}");
        return serializedData;
    }

    private void Finish(object boxed, ulong serializedData) => Calls.Add($"finish {serializedData:x} {boxed}");
}

public sealed class Vfio : LuoFile;

public sealed class Iommufd : LuoFile;

[PreservedState]
public struct VfioState
{
    public ulong Number, Reserved;
}

[LiveUpdateFileHandler("vfio-v1")]
[UsesFlb<IommuCore>]
[UsesFlb<Pci.Core>]
[UsesFlb<RawCore>]
public sealed partial class VfioHandler
{
    private bool CanPreserve(Vfio file) => true;

    private void Preserve(Domains domains, out VfioState state)
    {
        domains.Users.Add("preserve");
        state = new VfioState { Number = domains.Count + 5 };
    }

    private void Unpreserve(Domains domains, in VfioState state) => domains.Users.Add("unpreserve");

    private Errno Freeze(Domains domains, ref VfioState state)
    {
        domains.Users.Add("freeze");
        state.Reserved = domains.Count;
        return Errno.None;
    }

    private void Unfreeze(Domains domains) => domains.Users.Add("unfreeze");

    private Vfio Retrieve(in VfioState state, Domains domains, Buses buses)
    {
        domains.Users.Add($"retrieve {state.Number} {state.Reserved}");
        return new Vfio();
    }

    private void Finish(Vfio? file)
    {
    }
}

/// <summary>Shares one of them, and asks for nothing.</summary>
[LiveUpdateFileHandler("iommufd-v1")]
[UsesFlb<IommuCore>]
public sealed partial class IommufdHandler
{
    private bool CanPreserve(Iommufd file) => true;

    private void Preserve()
    {
    }

    private void Unpreserve()
    {
    }

    private Iommufd Retrieve() => new();

    private void Finish()
    {
    }
}
