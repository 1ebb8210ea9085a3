using System.Runtime.InteropServices;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Tests.Infrastructure;

/// <summary>Writes handlers that are mostly right and sometimes wrong, the same for the same seed.</summary>
internal sealed class RandomHandler(int seed)
{
    private static readonly string[] WrongTypes = ["int", "ulong", "string", "System.Threading.CancellationToken", "G", "T", "Q", "Managed", "Plain", "F[]", "LuoFile"];
    private static readonly string[] WrongReturns = ["void", "bool", "int", "ulong", "Errno", "F", "F?", "G", "System.Threading.Tasks.Task"];
    private static readonly RefKind[] AllRefKinds = [RefKind.None, RefKind.Ref, RefKind.Out, RefKind.In, RefKind.RefReadOnlyParameter];

    private readonly Random _random = new(seed);

    /// <summary>The class, under a name of its own.</summary>
    public string Write(string name)
    {
        // Few mistakes in one handler, so that many are right and most others have one.
        double wrong = _random.Next(3) == 0 ? 0.05 : 0;
        bool usesHandle = _random.Next(3) == 0;
        bool writesState = _random.Next(4) != 0;
        bool writesPrivateData = _random.Next(2) == 0;
        var members = new List<string>();
        foreach (CallbackDefinition callback in CallbackDefinitions.All)
        {
            bool isThere = callback.IsRequired ? _random.NextDouble() >= wrong / 2 : _random.Next(2) == 0;
            if (isThere)
                members.Add(WriteCallback(callback, usesHandle, writesState, writesPrivateData, wrong));
        }
        _random.Shuffle(CollectionsMarshal.AsSpan(members));
        return $"[LiveUpdateFileHandler(\"{name}-v1\")] public sealed partial class {name}\n{{\n    {string.Join("\n    ", members)}\n}}\n";
    }

    private string WriteCallback(CallbackDefinition callback, bool usesHandle, bool writesState, bool writesPrivateData, double wrong)
    {
        ReturnConvention returns = callback.Returns[_random.Next(callback.Returns.Length)];
        string returnType = _random.NextDouble() < wrong ? Pick(WrongReturns) : returns switch
        {
            ReturnConvention.Void => "void",
            ReturnConvention.Errno => "Errno",
            ReturnConvention.Boolean => "bool",
            ReturnConvention.Identity => "ulong",
            _ => _random.Next(2) == 0 ? "F" : "F?",
        };
        var parameters = new List<string>();
        foreach (ParameterDefinition parameter in callback.Parameters)
        {
            bool isOutFile = parameter is { Role: ParameterRole.File, RefKinds: [RefKind.Out] };
            bool isUsed = parameter.Role switch
            {
                ParameterRole.State => writesState && !usesHandle && (callback.Kind == CallbackKind.Preserve || _random.Next(3) != 0),
                ParameterRole.SerializedData => writesState && usesHandle && (callback.Kind == CallbackKind.Preserve || _random.Next(3) != 0),
                ParameterRole.PrivateData => writesPrivateData && (callback.Kind == CallbackKind.Preserve || _random.Next(3) != 0),
                // These handlers use none.
                ParameterRole.FlbObject or ParameterRole.OutgoingDependency or ParameterRole.IncomingDependency => false,
                ParameterRole.File when isOutFile => returns == ReturnConvention.Errno,
                _ => _random.Next(4) != 0,
            };
            if (isUsed)
                parameters.Add(WriteParameter(callback, parameter, parameters.Count, wrong));
        }
        if (_random.NextDouble() < wrong)
            parameters.Add($"{Pick(WrongTypes)} surplus");
        _random.Shuffle(CollectionsMarshal.AsSpan(parameters));
        string modifier = _random.Next(4) == 0 ? "static " : "";
        return $"{Pick(["private", "internal", "public"])} {modifier}{returnType} {callback.Name}({string.Join(", ", parameters)}) => throw null!;";
    }

    private string WriteParameter(CallbackDefinition callback, ParameterDefinition parameter, int index, double wrong)
    {
        bool mayBeNull = parameter.Role == ParameterRole.File && callback.Kind is CallbackKind.Finish or CallbackKind.CanFinish;
        string type = parameter.Role switch
        {
            ParameterRole.File => mayBeNull || _random.Next(4) == 0 ? "F?" : "F",
            ParameterRole.State => "S",
            ParameterRole.SerializedData => "ulong",
            ParameterRole.PrivateData => _random.Next(4) == 0 ? "P?" : "P",
            ParameterRole.RetrieveStatus => "RetrieveStatus",
            ParameterRole.Kho => "IKho",
            _ => throw new InvalidOperationException($"No handler is written with {parameter.Role}."),
        };
        if (_random.NextDouble() < wrong)
            type = Pick(WrongTypes);
        RefKind refKind = _random.NextDouble() < wrong ? Pick(AllRefKinds) : Pick([.. parameter.RefKinds]);
        string passing = refKind switch
        {
            RefKind.None => "",
            RefKind.RefReadOnlyParameter => "ref readonly ",
            _ => refKind.ToString().ToLowerInvariant() + " ",
        };
        string name = parameter.Role == ParameterRole.SerializedData && _random.NextDouble() >= wrong ? "serializedData" : $"parameter{index}";
        return $"{passing}{type} {name}";
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}
