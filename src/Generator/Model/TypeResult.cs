namespace LuoHandlers.Generator.Model;

/// <summary>What became of one class: its model, or the failure to make one. A rejected class has neither; the analyzers speak of it.</summary>
internal sealed record TypeResult<TModel>(TModel? Model, TypeFailure? Failure)
    where TModel : class, IGeneratedTypeModel;
