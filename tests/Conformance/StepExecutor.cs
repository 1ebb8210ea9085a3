using System.Buffers.Binary;
using System.Text.Json.Nodes;
using LuoHandlers.Conformance.Handover;
using LuoHandlers.Conformance.Model;
using LuoHandlers.Conformance.Scripted;
using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Memory;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

namespace LuoHandlers.Conformance;

/// <summary>Does the steps of one kernel; each gives its result in the shape in which it is expected.</summary>
internal sealed class StepExecutor
{
    private const string Device = "device";
    private const string Session = "session";

    private readonly Kernel _kernel;
    private readonly FaultInjection _faults;
    private readonly FileTable _files;
    private readonly ModuleTable _modules;
    private readonly FlbTable _flbs;
    private readonly Dictionary<string, ScriptedHandler> _handlers = [];
    private readonly DescriptorNames _descriptors = new();
    private readonly Func<HandoverState> _readHandover;

    public StepExecutor(
        ScenarioKernel definition, Kernel kernel, FaultInjection faults, Trace trace, FileTable files, ModuleTable modules, Func<HandoverState> readHandover)
    {
        _kernel = kernel;
        _faults = faults;
        _files = files;
        _modules = modules;
        _flbs = new FlbTable(kernel.Orchestrator);
        _readHandover = readHandover;

        var objects = new LabelSequence("o");
        foreach (FlbDefinition flb in definition.Flbs)
            _flbs.Add(flb.Id, new ScriptedFlb(flb, OwnerOf(flb.Owner), trace, objects));

        var privates = new LabelSequence("p");
        var retrieved = new RetrievedFiles(files);
        foreach (HandlerDefinition handler in definition.Handlers)
            _handlers.Add(handler.Id, new ScriptedHandler(handler, OwnerOf(handler.Owner), trace, files, _flbs, privates, retrieved));
    }

    /// <summary>What was handed over by a reboot that succeeded; null before.</summary>
    public HandoverState? Handover { get; private set; }

    public JsonObject Execute(Step step) => step switch
    {
        Step.OpenDevice open => OpenDevice(open),
        Step.OpenFile open => Opened(open, _kernel.OpenFile(() => _files.Create(open.File, open.Kind, (ulong)open.Ino), open.PathOnly)),
        Step.Dup dup => Opened(dup, _kernel.Dup(_descriptors[dup.Fd])),
        Step.Close close => Close(close),
        Step.CreateSession create => OpenSession(create, create.Dev, SessionIoctl.CreateSession, create.Name),
        Step.RetrieveSession retrieve => OpenSession(retrieve, retrieve.Dev, SessionIoctl.RetrieveSession, retrieve.Name),
        Step.PreserveFd preserve => PreserveFd(preserve),
        Step.RetrieveFd retrieve => RetrieveFd(retrieve),
        Step.Finish finish => Finish(finish),
        Step.GetName getName => GetName(getName),
        Step.Ioctl ioctl => Ioctl(ioctl),
        Step.RegisterHandler register => Returned(_kernel.Orchestrator.RegisterFileHandler(HandlerOf(register.Handler))),
        Step.UnregisterHandler unregister => Returned(_kernel.Orchestrator.UnregisterFileHandler(HandlerOf(unregister.Handler))),
        Step.RegisterFlb register => Returned(_kernel.Orchestrator.RegisterFlb(HandlerOf(register.Handler), _flbs[register.Flb])),
        Step.UnregisterFlb unregister => Returned(_kernel.Orchestrator.UnregisterFlb(HandlerOf(unregister.Handler), _flbs[unregister.Flb])),
        Step.FlbGetIncoming get => _flbs.Call(FlbCallKind.GetIncoming, get.Flb),
        Step.FlbGetOutgoing get => _flbs.Call(FlbCallKind.GetOutgoing, get.Flb),
        Step.FlbPutIncoming put => _flbs.Call(FlbCallKind.PutIncoming, put.Flb),
        Step.FlbPutOutgoing put => _flbs.Call(FlbCallKind.PutOutgoing, put.Flb),
        Step.Module module => SetModule(module),
        Step.Inject inject => Inject(inject),
        Step.Reboot => Reboot(),
        _ => throw new InvalidScenarioException($"the runner can't do {step.GetType().Name}"),
    };

    private static JsonObject Returned(int result) => new() { ["ret"] = result };

    /// <summary>The result of a call that gives a descriptor or a negative errno.</summary>
    private JsonObject Opened(Step.Opening step, int descriptor)
    {
        if (descriptor < 0)
            return Returned(descriptor);
        _descriptors.Bind(step.As, descriptor);
        return new JsonObject { ["ret"] = 0, ["fd"] = descriptor };
    }

    private JsonObject OpenDevice(Step.OpenDevice step)
    {
        int descriptor = _kernel.OpenDevice();
        NoteOwnFile(descriptor, Device);
        return Opened(step, descriptor);
    }

    private JsonObject Close(Step.Close step)
    {
        int result = _kernel.Close(_descriptors[step.Fd]);
        _descriptors.Unbind(step.Fd);
        return Returned(result);
    }

    private JsonObject OpenSession(Step.Opening step, Descriptor device, uint request, NameField name)
    {
        byte[] argument = NewArgument(SessionIoctl.NamedSize);
        name.Bytes.AsSpan(0, Math.Min(name.Bytes.Length, SessionIoctl.NameSize)).CopyTo(argument.AsSpan(SessionIoctl.NameOffset));
        int result = CallIoctl(device, request, argument);
        if (result != 0)
            return Returned(result);
        NoteOwnFile(DescriptorIn(argument), Session);
        return Opened(step, DescriptorIn(argument));
    }

    private JsonObject PreserveFd(Step.PreserveFd step)
    {
        byte[] argument = NewArgument(SessionIoctl.TokenSize);
        BinaryPrimitives.WriteInt32LittleEndian(argument.AsSpan(SessionIoctl.DescriptorOffset), _descriptors[step.Fd]);
        BinaryPrimitives.WriteUInt64LittleEndian(argument.AsSpan(SessionIoctl.TokenOffset), step.Token);
        return Returned(CallIoctl(step.Session, SessionIoctl.PreserveFd, argument));
    }

    private JsonObject RetrieveFd(Step.RetrieveFd step)
    {
        byte[] argument = NewArgument(SessionIoctl.TokenSize);
        BinaryPrimitives.WriteUInt64LittleEndian(argument.AsSpan(SessionIoctl.TokenOffset), step.Token);
        int result = CallIoctl(step.Session, SessionIoctl.RetrieveFd, argument);
        if (result != 0)
            return Returned(result);
        int descriptor = DescriptorIn(argument);
        JsonObject opened = Opened(step, descriptor);
        opened["file"] = _files.LabelOf(_kernel.GetFile(descriptor));
        return opened;
    }

    private JsonObject Finish(Step.Finish step)
    {
        byte[] argument = NewArgument(SessionIoctl.FinishSize);
        BinaryPrimitives.WriteUInt32LittleEndian(argument.AsSpan(SessionIoctl.DescriptorOffset), step.Reserved);
        return Returned(CallIoctl(step.Session, SessionIoctl.Finish, argument));
    }

    private JsonObject GetName(Step.GetName step)
    {
        byte[] argument = NewArgument(SessionIoctl.NamedSize);
        BinaryPrimitives.WriteUInt32LittleEndian(argument.AsSpan(SessionIoctl.DescriptorOffset), step.Reserved);
        int result = CallIoctl(step.Session, SessionIoctl.GetName, argument);
        JsonObject returned = Returned(result);
        if (result == 0)
            returned["name"] = PhysicalReader.Text(argument.AsSpan(SessionIoctl.NameOffset));
        return returned;
    }

    private JsonObject Ioctl(Step.Ioctl step)
    {
        uint request = checked((uint)step.Cmd);
        int descriptor = _descriptors[step.Fd];
        if (step.Arg is null)
            return Returned(_kernel.Ioctl(descriptor, request, UserBuffer.Null));

        byte[] argument = [.. step.Arg];
        foreach (DescriptorPatch patch in step.FdAt)
            BinaryPrimitives.WriteInt32LittleEndian(argument.AsSpan(patch.Off), _descriptors[patch.Fd]);
        byte[] before = [.. argument];
        int result = _kernel.Ioctl(descriptor, request, new UserBuffer(argument, isWritable: !step.Ro));

        JsonObject returned = Returned(result);
        if (!argument.AsSpan().SequenceEqual(before))
            returned["out"] = Convert.ToHexStringLower(argument);
        if (result == 0 && step.As is not null)
            _descriptors.Bind(step.As, DescriptorIn(argument));
        if (result == 0 && request is SessionIoctl.CreateSession or SessionIoctl.RetrieveSession)
            NoteOwnFile(DescriptorIn(argument), Session);
        return returned;
    }

    private JsonObject SetModule(Step.Module step)
    {
        _modules[step.Owner].IsLive = step.Live;
        return Returned(0);
    }

    private JsonObject Inject(Step.Inject step)
    {
        _faults.FailNext(FaultMapping.PointOf(step.What), step.Nth);
        return Returned(0);
    }

    private JsonObject Reboot()
    {
        int result = _kernel.Reboot();
        JsonObject returned = Returned(result);
        if (result == 0)
        {
            Handover = _readHandover();
            returned["handover"] = Handover.Decoded;
        }
        return returned;
    }

    private int CallIoctl(Descriptor descriptor, uint request, byte[] argument) =>
        _kernel.Ioctl(_descriptors[descriptor], request, new UserBuffer(argument));

    /// <summary>An argument whose first field says its size, and which is otherwise zero.</summary>
    private static byte[] NewArgument(int size)
    {
        byte[] argument = new byte[size];
        BinaryPrimitives.WriteInt32LittleEndian(argument, size);
        return argument;
    }

    private static int DescriptorIn(byte[] argument) => BinaryPrimitives.ReadInt32LittleEndian(argument.AsSpan(SessionIoctl.DescriptorOffset));

    private void NoteOwnFile(int descriptor, string kind)
    {
        if (descriptor >= 0 && _kernel.GetFile(descriptor) is LuoFile file)
            _files.AddOwn(file, kind);
    }

    private KernelModule? OwnerOf(string? label) => label is null ? null : _modules[label];

    private ScriptedHandler HandlerOf(string id) => _handlers.TryGetValue(id, out ScriptedHandler? handler)
        ? handler
        : throw new InvalidScenarioException($"the scenario defines no handler \"{id}\" in this kernel");
}
