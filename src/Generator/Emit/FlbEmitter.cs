using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Generator.Emit;

/// <summary>Writes the other part of an FLB class: the interface that LUO calls, and typed access to the object.</summary>
internal sealed class FlbEmitter
{
    private const string InheritedField = "__inherited";

    private static readonly string Marked = GeneratedFile.MarkGenerated(FlbNames.GeneratedCode);

    private readonly IndentedWriter _writer = new();
    private readonly FlbModel _flb;
    private readonly FlbNames _names;

    private FlbEmitter(FlbModel flb)
    {
        _flb = flb;
        _names = new FlbNames(flb);
    }

    private bool OwnsState => _flb.StateType is not null;

    private bool KeepsHandle => OwnsState || _flb.Callbacks.Any(callback => callback.FindParameter(ParameterRole.SerializedData) is not null);

    public static string Emit(FlbModel flb)
    {
        var emitter = new FlbEmitter(flb);
        string body = emitter.EmitBody();
        return GeneratedFile.Create(emitter._names.FindUsings(body), flb.Namespace, body);
    }

    private string EmitBody()
    {
        GeneratedFile.OpenTypes(_writer, _flb.Declarations, $"{FlbNames.Interface}<{_names.Object}>", EmitSummary);
        if (KeepsHandle)
        {
            _writer.Line("// LUO passes no handle to Finish: the one that Retrieve got. There is one object of this class per kernel.");
            _writer.Line(Marked);
            _writer.Line($"private ulong {InheritedField};");
            _writer.Line();
        }
        _writer.Line(Marked);
        _writer.Line($"global::System.ReadOnlySpan<byte> {FlbNames.Interface}.Compatible => {SymbolDisplay.FormatLiteral(_flb.Compatible, quote: true)}u8;");
        _writer.Line();
        _writer.Line(Marked);
        _writer.Line($"{FlbNames.Callbacks} {FlbNames.Interface}.Callbacks => {FlbNames.Callbacks}.Required;");
        EmitAccess();
        foreach (CallbackModel callback in _flb.Callbacks)
        {
            _writer.Line();
            _writer.Line(Marked);
            EmitCallback(callback);
        }
        GeneratedFile.CloseTypes(_writer, _flb.Declarations);
        return _writer.ToString();
    }

    private void EmitSummary()
    {
        _writer.Line("// How LUO calls this FLB. An exception is a failed callback: LUO catches it.");
        if (OwnsState)
            _writer.Line("// The state's memory is freed by Unpreserve, by a failing Preserve or Retrieve, and by Finish: until then others may read it.");
    }

    private void EmitAccess()
    {
        if (!_flb.HasGetOutgoing)
            EmitGet("GetOutgoing", "The object that this kernel preserves; there is one while a file that depends on it is preserved.");
        if (!_flb.HasGetIncoming)
            EmitGet("GetIncoming", "The object that the previous kernel preserved, retrieved when it is first asked for: before the first file is finished.");
    }

    private void EmitGet(string name, string summary)
    {
        _writer.Line();
        _writer.Line($"/// <summary>{summary}</summary>");
        _writer.Line("/// <param name=\"kernel\">The kernel.</param>");
        _writer.Line("/// <returns>The object, kept alive until this is disposed.</returns>");
        _writer.Line(Marked);
        _writer.Line($"{_flb.ObjectAccessibility} static {FlbNames.Lease}<{_names.Object}> {name}({FlbNames.Kernel} kernel)");
        _writer.Open();
        _writer.Line("global::System.ArgumentNullException.ThrowIfNull(kernel);");
        _writer.Line($"return kernel.{name}Flb(kernel.GetFlb<{_flb.FullyQualifiedName}>());");
        _writer.Close();
    }

    private void EmitCallback(CallbackModel callback)
    {
        bool isFallible = callback.Kind is CallbackKind.Preserve or CallbackKind.Retrieve;
        _writer.Line($"{(isFallible ? "int" : "void")} {FlbNames.Interface}.{callback.Name}(ref {FlbNames.Arguments} args)");
        _writer.Open();
        if (callback.Kind == CallbackKind.Finish && KeepsHandle)
            _writer.Line($"args.SerializedData = {InheritedField};");
        if (isFallible)
            EmitFallible(callback);
        else
        {
            if (OwnsState)
                _writer.Line($"using var memory = {_names.Memory}.{(callback.Kind == CallbackKind.Finish ? "FindInherited" : "FindPreserved")}(ref args);");
            _writer.Line($"{Call(callback)};");
        }
        _writer.Close();
    }

    // What a failing preserve leaves in the arguments LUO drops; the memory it does not. A failed retrieve is final.
    private void EmitFallible(CallbackModel callback)
    {
        bool isPreserve = callback.Kind == CallbackKind.Preserve;
        if (OwnsState)
        {
            _writer.Line($"var memory = {_names.Memory}.{(isPreserve ? "Allocate" : "FindInherited")}(ref args);");
            _writer.Line("bool isKept = false;");
            _writer.Line("try");
            _writer.Open();
        }
        string reason = SymbolDisplay.FormatLiteral($"{_flb.DisplayName}.{callback.Name} gave no object.", quote: true);
        _writer.Line($"args.Object = {Call(callback)}");
        _writer.Line($"    ?? throw new {FlbNames.ErrnoException}({FlbNames.Errno}.EIO, {reason});");
        if (callback.FindParameter(ParameterRole.SerializedData)?.RefKind == RefKind.Out)
            _writer.Line("args.SerializedData = serializedData;");
        if (!isPreserve && KeepsHandle)
            _writer.Line($"{InheritedField} = args.SerializedData;");
        if (OwnsState)
            _writer.Line("isKept = true;");
        _writer.Line("return 0;");
        if (OwnsState)
        {
            _writer.Close();
            _writer.Line("finally");
            _writer.Open();
            _writer.Line("if (!isKept)");
            _writer.Line("    memory.Dispose();");
            _writer.Close();
        }
    }

    private string Call(CallbackModel callback) => $"{callback.Name}({string.Join(", ", callback.Parameters.Select(Pass))})";

    private string Pass(ParameterModel parameter) => parameter.Role switch
    {
        ParameterRole.FlbObject => $"({_names.Object})args.Object!",
        ParameterRole.State => parameter.RefKind switch
        {
            RefKind.None => "memory.Value",
            RefKind.Out => "out memory.Value",
            _ => "in memory.Value",
        },
        ParameterRole.SerializedData => parameter.RefKind == RefKind.Out ? "out ulong serializedData" : "args.SerializedData",
        _ => "args.Kho",
    };
}
