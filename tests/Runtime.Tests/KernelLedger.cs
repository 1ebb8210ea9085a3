using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Runtime.Tests.Doubles;
using LuoHandlers.Vfs;

namespace LuoHandlers.Runtime.Tests;

/// <summary>
/// What a kernel holds of everything that can leak, to be compared before and after a scenario. The nodes of the preserved-page tree are
/// left out: they stay for good, as the kernel's do.
/// </summary>
internal sealed record KernelLedger
{
    public required long PreservedPages { get; init; }

    public required long InheritedPages { get; init; }

    public required long AllocatedPages { get; init; }

    public required int NextDescriptor { get; init; }

    public required int OpenDescriptors { get; init; }

    public required int OutgoingSessions { get; init; }

    public required int IncomingSessions { get; init; }

    /// <summary>References on the files and modules that are watched, in their order.</summary>
    public required string References { get; init; }

    /// <summary>What a kernel holds now.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="watched">Files and modules whose references are compared, too.</param>
    public static KernelLedger Capture(Kernel kernel, params ReadOnlySpan<object> watched)
    {
        int next = kernel.OpenFile(static () => new PlainFile());
        Assert.Equal(0, kernel.Close(next));
        var references = new List<int>();
        foreach (object one in watched)
            references.Add(one is LuoFile file ? file.ReferenceCount : ((KernelModule)one).ReferenceCount);
        return new KernelLedger
        {
            PreservedPages = kernel.KexecHandover!.PreservedPageCount,
            InheritedPages = kernel.KexecHandover.InheritedPageCount,
            AllocatedPages = (long)kernel.KexecHandover.Pages.AllocatedPageCount - PreservedTree.CountNodes(kernel),
            NextDescriptor = next,
            OpenDescriptors = kernel.OpenDescriptorCount,
            OutgoingSessions = kernel.Orchestrator.OutgoingSessionCount,
            IncomingSessions = kernel.Orchestrator.IncomingSessionCount,
            References = string.Join(' ', references),
        };
    }

    /// <summary>
    /// What a kernel must hold that has given back all it made and all it inherited: as much as a first kernel right after its boot, and the
    /// inherited page of FLBs, which Linux never frees.
    /// </summary>
    public static KernelLedger Empty(Kernel kernel)
    {
        using Machine machine = Machine.Create(kernel.Machine.Options);
        KernelLedger first = Capture(machine.Boot());
        int inherited = kernel.KexecHandover!.Incoming is null ? 0 : 1;
        return first with { InheritedPages = first.InheritedPages + inherited, AllocatedPages = first.AllocatedPages + inherited };
    }

    /// <summary>Fails if anything was leaked, or given back twice.</summary>
    public void AssertSame(Kernel kernel, params ReadOnlySpan<object> watched) => Assert.Equal(this, Capture(kernel, watched));

    /// <summary>Fails unless a kernel has given back all it made and all it inherited.</summary>
    public static void AssertEmpty(Kernel kernel) => Empty(kernel).AssertSame(kernel);
}
