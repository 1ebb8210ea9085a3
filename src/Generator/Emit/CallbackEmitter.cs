using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Generator.Emit;

/// <summary>Writes the methods through which LUO calls one handler's callbacks.</summary>
internal sealed class CallbackEmitter(IndentedWriter writer, HandlerModel handler)
{
    private const string StateLocal = "state";
    private const string MemoryValue = "memory.Value";

    private readonly string _memory = $"{Names.Memory}<{handler.StateType}>";

    private bool OwnsState => handler.StateType is not null;

    public void Emit(CallbackModel callback)
    {
        switch (callback.Kind)
        {
            case CallbackKind.CanPreserve:
                EmitCanPreserve(callback);
                break;
            case CallbackKind.GetId:
                writer.Line($"ulong {Names.Interface}.GetId({Names.File} file) => {Call(callback, "", $"({handler.FileType})file")};");
                break;
            default:
                EmitWithArguments(callback);
                break;
        }
    }

    private void EmitCanPreserve(CallbackModel callback)
    {
        bool takesFile = callback.FindParameter(ParameterRole.File) is not null;
        writer.Line($"bool {Names.Interface}.CanPreserve({Names.File} file) =>");
        writer.Line($"    file is {handler.FileType}{(takesFile ? " typed" : "")} && {Call(callback, "", "typed")};");
    }

    private void EmitWithArguments(CallbackModel callback)
    {
        string returns = callback.Kind switch
        {
            CallbackKind.Preserve or CallbackKind.Freeze or CallbackKind.Retrieve => "int",
            CallbackKind.CanFinish => "bool",
            _ => "void",
        };
        writer.Line($"{returns} {Names.Interface}.{callback.Name}(ref {Names.Arguments} args)");
        writer.Open();
        switch (callback.Kind)
        {
            case CallbackKind.Preserve:
                EmitPreserve(callback);
                break;
            case CallbackKind.Unpreserve:
                EmitUnpreserve(callback);
                break;
            case CallbackKind.Freeze:
                EmitFreeze(callback);
                break;
            case CallbackKind.Unfreeze:
                EmitUnfreeze(callback);
                break;
            case CallbackKind.Retrieve:
                EmitRetrieve(callback);
                break;
            case CallbackKind.CanFinish:
                EmitCanFinish(callback);
                break;
            case CallbackKind.Finish:
                EmitFinish(callback);
                break;
        }
        writer.Close();
    }

    private void EmitPreserve(CallbackModel callback)
    {
        if (OwnsState)
        {
            writer.Line($"var memory = {_memory}.Allocate(args.Kho);");
            writer.Line("bool preserved = false;");
            writer.Line("try");
            writer.Open();
        }
        EmitFallible(callback, Call(callback, MemoryValue));
        if (OwnsState)
            writer.Line("args.SerializedData = memory.SerializedData;");
        else if (callback.FindParameter(ParameterRole.SerializedData) is not null)
            writer.Line("args.SerializedData = serializedData;");
        if (callback.FindParameter(ParameterRole.PrivateData) is not null)
            writer.Line("args.PrivateData = privateData;");
        if (OwnsState)
            writer.Line("preserved = true;");
        writer.Line("return 0;");
        if (OwnsState)
        {
            writer.Close();
            writer.Line("finally");
            writer.Open();
            writer.Line("if (!preserved)");
            writer.Line("    memory.UnpreserveFree();");
            writer.Close();
        }
    }

    private void EmitUnpreserve(CallbackModel callback)
    {
        if (OwnsState)
            EmitFind("FindPreserved");
        EmitFreeing("UnpreserveFree", () => writer.Line($"{Call(callback, MemoryValue)};"));
    }

    private void EmitFreeze(CallbackModel callback)
    {
        // A failing freeze must leave all as it was, so it works on a copy.
        bool changesState = callback.FindParameter(ParameterRole.State)?.RefKind == RefKind.Ref;
        bool changesHandle = callback.FindParameter(ParameterRole.SerializedData)?.RefKind == RefKind.Ref;
        if (callback.FindParameter(ParameterRole.State) is not null)
            EmitFind("FindPreserved");
        if (changesState)
            writer.Line($"{handler.StateType} state = memory.Value;");
        if (changesHandle)
            writer.Line("ulong serializedData = args.SerializedData;");
        EmitFallible(callback, Call(callback, changesState ? StateLocal : MemoryValue));
        if (changesState)
        {
            writer.Line("memory.Value = state;");
            writer.Line("args.SerializedData = memory.SerializedData;");
        }
        if (changesHandle)
            writer.Line("args.SerializedData = serializedData;");
        writer.Line("return 0;");
    }

    private void EmitUnfreeze(CallbackModel callback)
    {
        if (callback.FindParameter(ParameterRole.State) is not null)
            EmitFind("FindPreserved");
        writer.Line($"{Call(callback, MemoryValue)};");
    }

    private void EmitRetrieve(CallbackModel callback)
    {
        string reason = SymbolDisplay.FormatLiteral($"{handler.DisplayName}.Retrieve gave no file.", quote: true);
        string orFail = $"?? throw new {Names.ErrnoException}({Names.Errno}.EIO, {reason})";
        if (OwnsState)
            EmitFind("FindInherited");
        EmitFreeing("RestoreFree", () =>
        {
            if (callback.Returns == ReturnConvention.File)
            {
                writer.Line($"args.File = {Call(callback, MemoryValue)}");
                writer.Line($"    {orFail};");
            }
            else
            {
                EmitFallible(callback, Call(callback, MemoryValue));
                writer.Line($"args.File = file {orFail};");
            }
            writer.Line("return 0;");
        });
    }

    private void EmitCanFinish(CallbackModel callback)
    {
        if (callback.FindParameter(ParameterRole.State) is not null)
        {
            writer.Line($"{handler.StateType} state = args.RetrieveStatus.IsNotTried");
            writer.Line($"    ? {_memory}.FindInherited(args.Kho, args.SerializedData).Value");
            writer.Line("    : default;");
        }
        writer.Line($"return {Call(callback, StateLocal, $"({handler.FileType}?)args.File")};");
    }

    private void EmitFinish(CallbackModel callback)
    {
        string call = Call(callback, StateLocal, $"({handler.FileType}?)args.File");
        if (!OwnsState)
        {
            writer.Line($"{call};");
            return;
        }
        bool takesState = callback.FindParameter(ParameterRole.State) is not null;
        writer.Line("// The state is still there only if nobody tried to retrieve it.");
        writer.Line("bool isInherited = args.RetrieveStatus.IsNotTried;");
        writer.Line($"var memory = isInherited ? {_memory}.FindInherited(args.Kho, args.SerializedData) : default;");
        if (takesState)
            writer.Line($"{handler.StateType} state = isInherited ? memory.Value : default;");
        writer.Line("try");
        writer.Open();
        writer.Line($"{call};");
        writer.Close();
        writer.Line("finally");
        writer.Open();
        writer.Line("if (isInherited)");
        writer.Line("    memory.RestoreFree();");
        writer.Close();
    }

    private void EmitFind(string method) => writer.Line($"var memory = {_memory}.{method}(args.Kho, args.SerializedData);");

    private void EmitFreeing(string free, Action body)
    {
        if (!OwnsState)
        {
            body();
            return;
        }
        writer.Line("try");
        writer.Open();
        body();
        writer.Close();
        writer.Line("finally");
        writer.Open();
        writer.Line($"memory.{free}();");
        writer.Close();
    }

    // An Errno is a failure by return value; what returns nothing fails by exception.
    private void EmitFallible(CallbackModel callback, string call)
    {
        if (callback.Returns != ReturnConvention.Errno)
        {
            writer.Line($"{call};");
            return;
        }
        writer.Line($"int result = -(int){call};");
        writer.Line("if (result != 0)");
        writer.Line("    return result;");
    }

    private string Call(CallbackModel callback, string state) => Call(callback, state, $"({handler.FileType})args.File!");

    private string Call(CallbackModel callback, string state, string file) =>
        $"{callback.Name}({string.Join(", ", callback.Parameters.Select(parameter => Pass(parameter, state, file)))})";

    private string Pass(ParameterModel parameter, string state, string file)
    {
        bool isOut = parameter.RefKind == RefKind.Out;
        return parameter.Role switch
        {
            ParameterRole.File => isOut ? $"out {handler.FileType}? file" : file,
            ParameterRole.State => Passing(parameter.RefKind) + state,
            ParameterRole.SerializedData => parameter.RefKind switch
            {
                RefKind.Out => "out ulong serializedData",
                RefKind.Ref => "ref serializedData",
                _ => "args.SerializedData",
            },
            ParameterRole.PrivateData => isOut
                ? $"out {handler.PrivateDataType}? privateData"
                : $"({handler.PrivateDataType})args.PrivateData!",
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
