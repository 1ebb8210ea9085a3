namespace LuoHandlers.Mutation;

/// <summary>The code that is added to each assembly: it holds all mutants at once, and one of them, or none, is on.</summary>
internal static class MutantSwitch
{
    public const string TypeName = "LuoHandlers.Mutation.Mutants";
    public const string ActiveField = "Active";
    public const string HitsField = "Hits";

    public const string Source = """
        namespace LuoHandlers.Mutation
        {
            internal static class Mutants
            {
                public static volatile int Active = -1;
                public static volatile bool[] Hits;

                public static bool Is(int id)
                {
                    bool[] hits = Hits;
                    if (hits != null)
                        hits[id] = true;
                    return Active == id;
                }
            }
        }
        """;

    /// <summary>An expression that is true while the mutant is on.</summary>
    public static string IsOn(int id) => $"global::{TypeName}.Is({id})";
}
