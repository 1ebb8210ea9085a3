using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using LuoHandlers.Conformance.Handover;
using LuoHandlers.Conformance.Model;
using LuoHandlers.Conformance.Scripted;
using LuoHandlers.Emulation;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;

namespace LuoHandlers.Conformance;

/// <summary>Runs one scenario on a machine of its own and compares all that happens with what is expected.</summary>
internal sealed class ScenarioRunner
{
    private const ulong MachineSize = 64 << 20;

    private readonly Scenario _scenario;
    private readonly List<Mismatch> _mismatches = [];

    private ScenarioRunner(Scenario scenario) => _scenario = scenario;

    /// <summary>Runs the lines of a scenario file, several at a time; gives the mismatches of each, in the order of the lines.</summary>
    public static IEnumerable<IReadOnlyList<Mismatch>> RunAll(IEnumerable<string> lines) => lines.AsParallel().AsOrdered().Select(Run);

    /// <summary>Runs a line of a scenario file. A line that is no scenario is a mismatch too.</summary>
    public static IReadOnlyList<Mismatch> Run(string line)
    {
        try
        {
            return Run(ScenarioParser.Parse(line));
        }
        catch (InvalidScenarioException invalid)
        {
            Difference difference = NotTheFormat(invalid);
            return [new Mismatch(ScenarioParser.FindId(line) ?? "(no id)", null, null, null, difference.Field, difference.Expected, difference.Actual)];
        }
    }

    private static List<Mismatch> Run(Scenario scenario)
    {
        var runner = new ScenarioRunner(scenario);
        runner.RunKernels();
        return runner._mismatches;
    }

    private void RunKernels()
    {
        ScenarioProfile profile = ScenarioProfile.Of(_scenario);
        using var machine = Machine.Create(new MachineOptions { MemorySize = MachineSize, Kernel = profile.Kernel });
        HandoverState? handover = null;
        for (int boot = 0; boot < _scenario.Kernels.Count; boot++)
        {
            if (boot > 0 && handover is null)
            {
                Report(boot, null, null, new Difference("kernels", "a successful reboot before this boot", "none"));
                return;
            }
            handover = RunKernel(machine, profile.HandoverReader, boot, handover);
        }
    }

    /// <summary>Runs one boot; gives what it handed over, or null if it did not end by a successful reboot.</summary>
    private HandoverState? RunKernel(Machine machine, IHandoverReader reader, int boot, HandoverState? inherited)
    {
        ScenarioKernel definition = _scenario.Kernels[boot];
        int? at = null;
        try
        {
            if (inherited is not null)
                Alter(machine.Memory, definition, inherited);

            var faults = new FaultInjection();
            if (Boot(machine, definition, faults, boot) is not { } kernel)
                return null;

            var trace = new Trace();
            var files = new FileTable();
            var modules = new ModuleTable();
            var observer = new KernelObserver(kernel, trace, files, modules);
            Compare(boot, null, null, definition.BootExpect, observer.ObserveBoot());

            var executor = new StepExecutor(
                definition, kernel, faults, trace, files, modules, () => reader.Read(machine.Memory, machine.HandoverRoot));
            for (int i = 0; i < definition.Steps.Count; i++)
            {
                at = i;
                if (executor.Handover is not null)
                {
                    Report(boot, i, definition.Steps[i], new Difference("steps", "nothing after a successful reboot", "another step"));
                    return null;
                }
                JsonObject observed = executor.Execute(definition.Steps[i]);
                observer.AddChanges(observed);
                Compare(boot, i, definition.Steps[i], definition.Steps[i].Expect, observed);
            }
            return executor.Handover;
        }
        catch (Exception ended)
        {
            // Whatever ends a scenario fails this scenario alone.
            Report(boot, at, at is { } step ? definition.Steps[step] : null, ended switch
            {
                InvalidScenarioException invalid => NotTheFormat(invalid),
                UnreadableHandoverException unreadable => new Difference("handover", "the format of this kernel", unreadable.Message),
                _ => new Difference("exception", "none", ended.ToString()),
            });
            return null;
        }
    }

    /// <summary>Boots; null if the kernel panicked.</summary>
    private Kernel? Boot(Machine machine, ScenarioKernel definition, FaultInjection faults, int boot)
    {
        if (definition.Boot.Inject is { } inject)
            faults.FailNext(FaultMapping.PointOf(inject.What), inject.Nth);
        try
        {
            return machine.Boot(new BootOptions
            {
                LiveUpdate = definition.Boot.Liveupdate,
                KexecHandover = definition.Boot.Kho,
                DescriptorLimit = definition.Boot.FdLimit,
                Faults = faults,
            });
        }
        catch (KernelPanicException)
        {
            Compare(boot, null, null, definition.BootExpect, new JsonObject { ["panic"] = true });
            if (definition.Steps.Count > 0 || boot + 1 < _scenario.Kernels.Count)
                Report(boot, null, null, new Difference("steps", "steps or boots to follow", "a kernel that panicked"));
            return null;
        }
        finally
        {
            faults.Clear();
        }
    }

    private static void Alter(PhysicalMemory memory, ScenarioKernel definition, HandoverState inherited)
    {
        foreach (MemoryPatch patch in definition.Patch)
        {
            var address = new PhysicalAddress(inherited.RegionAddresses[patch.Region] + (ulong)patch.Off);
            switch (patch)
            {
                case { Hex: { } bytes, Ptr: null }:
                    bytes.CopyTo(memory.GetSpan(address, bytes.Length));
                    break;
                case { Hex: null, Ptr: { } region }:
                    BinaryPrimitives.WriteUInt64LittleEndian(memory.GetSpan(address, sizeof(ulong)), inherited.RegionAddresses[region]);
                    break;
                default:
                    throw new InvalidScenarioException("a patch has either \"hex\" or \"ptr\"");
            }
        }
        if (definition.LuoBlobSize is { } size)
        {
            ulong address = inherited.BlobSizeAddress ?? throw new InvalidScenarioException("\"luo_blob_size\" is given, but no blob was handed over");
            BinaryPrimitives.WriteUInt64LittleEndian(memory.GetSpan(new PhysicalAddress(address), sizeof(ulong)), (ulong)size);
        }
    }

    private static Difference NotTheFormat(InvalidScenarioException invalid) => new("scenario", "what the runner can do", invalid.Message);

    private void Compare(int boot, int? index, Step? step, JsonElement expected, JsonObject actual)
    {
        foreach (Difference difference in ExpectationComparer.Compare(expected, actual))
            Report(boot, index, step, difference);
    }

    private void Report(int boot, int? index, Step? step, Difference difference) =>
        _mismatches.Add(new Mismatch(
            _scenario.Id, boot, index, step?.Operation, difference.Field, difference.Expected, difference.Actual));
}
