namespace LuoHandlers.Generator.Model;

/// <summary>The model of a class that the generator adds a part to.</summary>
internal interface IGeneratedTypeModel
{
    /// <summary>The name of the generated file.</summary>
    string HintName { get; }

    /// <summary>The class's name as messages and comments give it.</summary>
    string DisplayName { get; }

    /// <summary>What the class retrieves.</summary>
    EquatableArray<AbiModel> Abis { get; }
}
