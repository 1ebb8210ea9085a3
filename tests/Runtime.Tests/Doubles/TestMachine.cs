using LuoHandlers.Emulation;
using LuoHandlers.Orchestrator.Events;

namespace LuoHandlers.Runtime.Tests.Doubles;

/// <summary>Makes machines for tests, and records what their kernels say.</summary>
internal static class TestMachine
{
    public const ulong Megabyte = 1 << 20;

    public static Machine Create(ulong size = 64 * Megabyte, ulong memoryBase = Megabyte) =>
        Machine.Create(new MachineOptions { MemorySize = size, MemoryBase = memoryBase });

    /// <summary>Registers handlers with a kernel, and expects that it works.</summary>
    public static Kernel With(this Kernel kernel, params ReadOnlySpan<ScriptedHandler> handlers)
    {
        foreach (ScriptedHandler handler in handlers)
            kernel.RegisterFileHandler(handler);
        return kernel;
    }

    /// <summary>What happens in a kernel from now on.</summary>
    public static List<LuoEvent> Record(this Kernel kernel)
    {
        var events = new List<LuoEvent>();
        kernel.EventRaised += events.Add;
        return events;
    }

    public static IEnumerable<KernelMistake> Mistakes(this IEnumerable<LuoEvent> events) =>
        events.OfType<KernelMistakeEvent>().Select(mistake => mistake.Mistake);
}
