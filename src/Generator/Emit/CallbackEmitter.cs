using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Generator.Emit;

/// <summary>Writes the methods through which LUO calls one handler's callbacks.</summary>
/// <param name="writer">Where to.</param>
/// <param name="handler">The handler.</param>
/// <param name="names">How the file names types.</param>
/// <param name="upgrade">The older version whose files the methods are for; null for those of the handler's own string.</param>
internal sealed class CallbackEmitter(IndentedWriter writer, HandlerModel handler, Names names, IndexedUpgrade? upgrade)
{
    private const string MemoryValue = "memory.Value";
    private const string PreservedState = "preserved";
    private const string UpgradedState = "state";

    private string Memory => upgrade is null ? names.Memory : names.GetOlderMemory(upgrade.Index);

    private string FoundState => upgrade is null ? MemoryValue : UpgradedState;

    private bool OwnsState => handler.StateType is not null;

    /// <summary>How the handler of the older version is made.</summary>
    public string CreateRetrieveOnlyHandler()
    {
        string canFinish = handler.Callbacks.Any(callback => callback.Kind == CallbackKind.CanFinish) ? GetOlderName(CallbackKind.CanFinish) : "null";
        string compatible = SymbolDisplay.FormatLiteral(upgrade!.Model.Compatible, quote: true);
        return $"new({compatible}, this, {GetOlderName(CallbackKind.Retrieve)}, {canFinish}, {GetOlderName(CallbackKind.Finish)})";
    }

    public void Emit(CallbackModel callback)
    {
        switch (callback.Kind)
        {
            case CallbackKind.CanPreserve:
                EmitCanPreserve(callback);
                break;
            case CallbackKind.GetId:
                writer.Line($"ulong {Names.Interface}.GetId({Names.LuoFile} file) => {Call(callback, file: $"({names.File})file")};");
                break;
            default:
                EmitWithArguments(callback);
                break;
        }
    }

    private void EmitCanPreserve(CallbackModel callback)
    {
        string variable = Takes(callback, ParameterRole.File) ? " typed" : "";
        writer.Line($"bool {Names.Interface}.CanPreserve({Names.LuoFile} file) =>");
        writer.Line($"    file is {names.File}{variable} && {Call(callback, file: "typed")};");
    }

    private void EmitWithArguments(CallbackModel callback)
    {
        string returns = callback.Kind switch
        {
            CallbackKind.Preserve or CallbackKind.Freeze or CallbackKind.Retrieve => "int",
            CallbackKind.CanFinish => "bool",
            _ => "void",
        };
        writer.Line(upgrade is null
            ? $"{returns} {Names.Interface}.{callback.Name}(ref {Names.Arguments} args)"
            : $"private {returns} {GetOlderName(callback.Kind)}(ref {Names.Arguments} args)");
        writer.Open();
        switch (callback.Kind)
        {
            case CallbackKind.Preserve:
                EmitPreserve(callback);
                break;
            case CallbackKind.Unpreserve:
                if (OwnsState)
                    EmitMemory("FindPreserved", disposes: true);
                EmitLeases(callback, "GetOutgoingFlb");
                writer.Line($"{Call(callback)};");
                break;
            case CallbackKind.Freeze:
                EmitFreeze(callback);
                break;
            case CallbackKind.Unfreeze:
                if (Takes(callback, ParameterRole.State))
                    EmitPreservedState();
                EmitLeases(callback, "GetOutgoingFlb");
                writer.Line($"{Call(callback, state: PreservedState)};");
                break;
            case CallbackKind.Retrieve:
                EmitRetrieve(callback);
                break;
            case CallbackKind.CanFinish:
                if (Takes(callback, ParameterRole.State))
                    EmitMemory("FindUnretrieved", disposes: false);
                EmitUpgrade(callback);
                writer.Line($"return {Call(callback, file: $"({names.File}?)args.File")};");
                break;
            case CallbackKind.Finish:
                if (OwnsState)
                    EmitMemory("FindUnretrieved", disposes: true);
                EmitUpgrade(callback);
                writer.Line($"{Call(callback, file: $"({names.File}?)args.File")};");
                break;
        }
        writer.Close();
    }

    // What a failing preserve leaves in the arguments LUO drops; the memory it does not.
    private void EmitPreserve(CallbackModel callback)
    {
        if (OwnsState)
        {
            EmitMemory("Allocate", disposes: false);
            writer.Line("bool isKept = false;");
            writer.Line("try");
            writer.Open();
        }
        EmitLeases(callback, "GetOutgoingFlb");
        EmitFallible(callback, Call(callback));
        if (Takes(callback, ParameterRole.SerializedData))
            writer.Line("args.SerializedData = serializedData;");
        if (Takes(callback, ParameterRole.PrivateData))
            writer.Line("args.PrivateData = privateData;");
        if (OwnsState)
            writer.Line($"isKept = {Succeeded(callback)};");
        EmitReturn(callback);
        if (OwnsState)
        {
            writer.Close();
            writer.Line("finally");
            writer.Open();
            writer.Line("if (!isKept)");
            writer.Line("    memory.Dispose();");
            writer.Close();
        }
    }

    // A failing freeze must leave all as it was, so it changes a copy.
    private void EmitFreeze(CallbackModel callback)
    {
        bool changesState = callback.FindParameter(ParameterRole.State)?.RefKind == RefKind.Ref;
        bool changesHandle = callback.FindParameter(ParameterRole.SerializedData)?.RefKind == RefKind.Ref;
        if (Takes(callback, ParameterRole.State))
            EmitPreservedState();
        if (changesState)
            writer.Line($"{names.State} state = {PreservedState};");
        if (changesHandle)
            writer.Line("ulong serializedData = args.SerializedData;");
        EmitLeases(callback, "GetOutgoingFlb");
        EmitFallible(callback, Call(callback, state: changesState ? "state" : PreservedState));
        if (changesState)
            EmitOnSuccess(callback, $"{PreservedState} = state;");
        if (changesHandle)
            EmitOnSuccess(callback, "args.SerializedData = serializedData;");
        EmitReturn(callback);
    }

    private void EmitRetrieve(CallbackModel callback)
    {
        string reason = SymbolDisplay.FormatLiteral($"{handler.DisplayName}.Retrieve gave no file.", quote: true);
        string orFail = $"    ?? throw new {Names.ErrnoException}({Names.Errno}.EIO, {reason});";
        if (OwnsState)
            EmitMemory("FindInherited", disposes: true);
        EmitUpgrade(callback);
        EmitLeases(callback, "GetIncomingFlb");
        if (callback.Returns == ReturnConvention.File)
        {
            writer.Line($"args.File = {Call(callback)}");
            writer.Line(orFail);
        }
        else
        {
            EmitFallible(callback, Call(callback));
            EmitOnSuccess(callback, "args.File = file", orFail);
        }
        EmitReturn(callback);
    }

    private void EmitPreservedState() =>
        writer.Line($"ref {names.State} {PreservedState} = ref {names.Memory}.GetPreserved(ref args);");

    private void EmitMemory(string method, bool disposes) =>
        writer.Line($"{(disposes ? "using " : "")}var memory = {Memory}.{method}(ref args);");

    // What was used up is not upgraded: can_finish and finish see zeros then, as they do without an upgrade.
    private void EmitUpgrade(CallbackModel callback)
    {
        if (upgrade is null || !Takes(callback, ParameterRole.State))
            return;
        bool isRetrieve = callback.Kind == CallbackKind.Retrieve;
        bool returnsState = upgrade.Model.Returns == ReturnConvention.State;
        string variable = isRetrieve ? $"{names.State} {UpgradedState}" : UpgradedState;
        string call = CallUpgrade(upgrade.Model, variable);
        if (!isRetrieve)
            writer.Line($"{names.State} {UpgradedState} = default;");
        if (returnsState)
        {
            writer.Line(isRetrieve ? $"{variable} = {call};" : "if (args.RetrieveStatus.IsNotTried)");
            if (!isRetrieve)
                writer.Line($"    {variable} = {call};");
        }
        else
        {
            string condition = $"{call} is not {Names.Errno}.None and var errno";
            writer.Line(isRetrieve ? $"if ({condition})" : $"if (args.RetrieveStatus.IsNotTried && {condition})");
            writer.Line($"    throw new {Names.ErrnoException}(errno);");
        }
    }

    private static string CallUpgrade(UpgradeModel upgrade, string variable) =>
        $"{upgrade.Method}({string.Join(", ", upgrade.Parameters.Select(parameter => parameter.Role == ParameterRole.Kho ? "args.Kho" : Passing(parameter.RefKind) + (parameter.RefKind == RefKind.Out ? variable : MemoryValue)))})";

    private string GetOlderName(CallbackKind kind) => $"__{kind}{upgrade!.Index}";

    // After the memory: what this kernel inherited is used up even where an FLB can't be got.
    private void EmitLeases(CallbackModel callback, string method)
    {
        foreach (ParameterModel parameter in callback.Parameters.Where(parameter => parameter.Flb >= 0))
        {
            string flb = $"{Names.KernelField}.GetFlb<{names.GetFlb(parameter.Flb)}>()";
            writer.Line($"using var flb{parameter.Flb} = {Names.KernelField}!.{method}({flb});");
        }
    }

    // An Errno is a failure by return value; what returns nothing fails by exception.
    private void EmitFallible(CallbackModel callback, string call) =>
        writer.Line(callback.Returns == ReturnConvention.Errno ? $"int result = -(int){call};" : $"{call};");

    private void EmitOnSuccess(CallbackModel callback, params string[] lines)
    {
        bool isConditional = callback.Returns == ReturnConvention.Errno;
        if (isConditional)
            writer.Line("if (result == 0)");
        foreach (string line in lines)
            writer.Line(isConditional ? "    " + line : line);
    }

    private void EmitReturn(CallbackModel callback) =>
        writer.Line(callback.Returns == ReturnConvention.Errno ? "return result;" : "return 0;");

    private static string Succeeded(CallbackModel callback) => callback.Returns == ReturnConvention.Errno ? "result == 0" : "true";

    private static bool Takes(CallbackModel callback, ParameterRole role) => callback.FindParameter(role) is not null;

    private string Call(CallbackModel callback, string? state = null, string? file = null) =>
        $"{callback.Name}({string.Join(", ", callback.Parameters.Select(parameter => Pass(parameter, state ?? FoundState, file ?? $"({names.File})args.File!")))})";

    private string Pass(ParameterModel parameter, string state, string file)
    {
        bool isOut = parameter.RefKind == RefKind.Out;
        return parameter.Role switch
        {
            ParameterRole.File => isOut ? $"out {names.File}? file" : file,
            ParameterRole.State => Passing(parameter.RefKind) + state,
            ParameterRole.SerializedData => parameter.RefKind switch
            {
                RefKind.Out => "out ulong serializedData",
                RefKind.Ref => "ref serializedData",
                _ => "args.SerializedData",
            },
            ParameterRole.PrivateData => isOut ? $"out {names.PrivateData}? privateData" : $"({names.PrivateData})args.PrivateData!",
            ParameterRole.FlbObject => $"flb{parameter.Flb}.Object!",
            ParameterRole.OutgoingDependency or ParameterRole.IncomingDependency => "new(in args)",
            ParameterRole.RetrieveStatus => "args.RetrieveStatus",
            _ => "args.Kho",
        };
    }

    private static string Passing(RefKind refKind) => refKind switch
    {
        RefKind.None => "",
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        _ => "in ",
    };
}
