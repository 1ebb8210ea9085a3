using FsCheck;
using FsCheck.Fluent;
using LuoHandlers.Abi;

namespace LuoHandlers.Analyzers.Tests.Rules.Abi;

/// <summary>The text of a description is read as what was written, and any other text without harm.</summary>
public sealed class AbiTextTests
{
    private static readonly string[] Names = ["Size", "Position", "Reserved", "A", "B"];

    [Fact]
    public void What_is_written_is_read_again_whatever_the_order_of_the_lines() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Descriptions.ToArbitrary(), description =>
        {
            string text = AbiWriter.WriteText(description);
            AbiDescription? read = AbiReader.ReadText(string.Join("\n", text.Split('\n').Reverse()));
            Assert.NotNull(read);
            Assert.Equal(text, AbiWriter.WriteText(read));
            Assert.Empty(AbiComparer.Compare(description, read));
            Assert.Empty(AbiComparer.CompareReaders(description, read));
        }));

    [Fact]
    public void What_differs_in_a_fact_that_counts_is_a_change() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Descriptions.ToArbitrary(), Descriptions.ToArbitrary(), (one, other) =>
        {
            bool isSame = AbiWriter.WriteText(one) == AbiWriter.WriteText(other);
            bool hasChanges = AbiComparer.Compare(one, other).Concat(AbiComparer.CompareReaders(one, other)).Any();
            // Of reserved bytes nobody reads the name, the type or the place.
            if (!isSame && !AbiWriter.WriteText(one).Contains("Reserved", StringComparison.Ordinal) && !AbiWriter.WriteText(other).Contains("Reserved", StringComparison.Ordinal))
                Assert.True(hasChanges);
            if (isSame)
                Assert.False(hasChanges);
        }));

    [Fact]
    public void Any_text_is_read_without_harm() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Descriptions.ToArbitrary(), Edits.ToArbitrary(), (description, edits) =>
        {
            string text = AbiWriter.WriteText(description);
            foreach ((int place, char character) in edits)
                text = text.Remove(place % text.Length, 1).Insert(place % text.Length, character.ToString());
            string file = $"{AbiLockFile.Header}\n{string.Join("\n", text.Split('\n').Select(line => "box-v1 " + line))}";
            AbiLockFile read = AbiLockFile.Parse(file);
            Assert.All(read.Faults, fault => Assert.InRange(fault.Line, 0, file.Split('\n').Length - 1));
            // What is taken for right can be written again.
            if (AbiReader.ReadText(text) is { } accepted)
                Assert.NotNull(AbiReader.ReadText(AbiWriter.WriteText(accepted)));
        }));

    [Fact]
    public void A_path_without_end_is_no_way_into_the_depths()
    {
        string deep = string.Concat(Enumerable.Repeat(AbiFieldPath.Element, 100_000));
        Assert.Null(AbiReader.ReadText($"handler memory 16\nfield 0000 16 vmalloc A\nfield 0000{deep} 16 vmalloc A{deep}"));
    }

    [Fact]
    public void Lines_are_put_where_the_order_wants_them_and_never_twice()
    {
        const string Text = "!luo-abi 1\n# all\nb-v1 handler none\nd-v1 handler none\n";
        string edited = AbiLockText.Edit(Text, (compatible, _) => compatible == "d-v1", ["a-v1 handler none", "c-v1 handler none", "b-v1 handler none", "e-v1 handler none"]);
        Assert.Equal("!luo-abi 1\n# all\na-v1 handler none\nb-v1 handler none\nc-v1 handler none\ne-v1 handler none\n", edited);
    }

    [Theory]
    [InlineData("")]
    [InlineData("!luo-abi 1")]
    [InlineData("!luo-abi 1\n\n\n")]
    public void Files_of_nothing_get_a_header_and_an_end(string text) =>
        Assert.Equal("!luo-abi 1\na-v1 handler none\n", AbiLockText.Edit(text, (_, _) => false, ["a-v1 handler none"]));

    private static Gen<(int, char)[]> Edits { get; } =
        (from place in Gen.Choose(0, 10_000) from character in Gen.Elements([.. "0189 .[]aA\nu\r#!="]) select (place, character)).ArrayOf(3);

    private static Gen<AbiDescription> Descriptions { get; } =
        from owner in Gen.Elements(AbiOwner.FileHandler, AbiOwner.Flb)
        from hasState in Gen.Elements(true, true, true, false)
        from fields in Fields(2)
        from semantics in Gen.Choose(0, 2)
        from constant in Gen.Choose(0, 3)
        from retrieves in Gen.SubListOf("box-v0", "box-v1")
        select Describe(owner, hasState, fields, semantics, constant, retrieves);

    private static AbiDescription Describe(AbiOwner owner, bool hasState, AbiField[] fields, int semantics, int constant, IEnumerable<string> retrieves)
    {
        long size = Math.Max(fields.Select(field => field.End).DefaultIfEmpty(1).Max(), 1);
        AbiDescription description = hasState
            ? new(owner, size <= 8 ? AbiHandle.Inline : AbiHandle.Memory, size) { Semantics = semantics }
            : new(owner, semantics == 0 ? AbiHandle.None : AbiHandle.Raw, 0);
        description.Retrieves.AddRange(retrieves.Order(StringComparer.Ordinal));
        if (!hasState)
            return description;
        description.Fields.AddRange(fields);
        if (constant > 0)
            description.Constants.Add(new AbiConstant("Magic", constant == 1 ? "u32" : AbiTypes.Text, constant == 1 ? "7" : "\"a b\""));
        return description;
    }

    /// <summary>Fields one behind the other, sometimes with a gap.</summary>
    private static Gen<AbiField[]> Fields(int depth) =>
        from names in Gen.SubListOf(Names)
        from types in Types(depth).ArrayOf(Names.Length)
        from gaps in Gen.Elements(0, 0, 0, 4).ArrayOf(Names.Length)
        select Place([.. names], types, gaps);

    private static AbiField[] Place(string[] names, AbiField[] types, int[] gaps)
    {
        List<AbiField> placed = [];
        long end = 0;
        for (int i = 0; i < names.Length; i++)
        {
            placed.Add(Rename(types[i], names[i], end + gaps[i]));
            end = placed[^1].End;
        }
        return [.. placed];
    }

    private static AbiField Rename(AbiField type, string name, long offset)
    {
        AbiField field = new(name, offset, type.Size, type.Type) { Element = type.Element };
        field.Fields.AddRange(type.Fields);
        field.Values.AddRange(type.Values);
        return field;
    }

    private static Gen<AbiField> Types(int depth) => depth == 0
        ? Numbers
        : Gen.OneOf(Numbers, Numbers, Structs(depth - 1), Arrays(depth - 1), Vmallocs(depth - 1));

    private static Gen<AbiField> Numbers { get; } =
        from number in Gen.Elements(AbiTypes.Numbers.ToArray())
        from values in Gen.SubListOf("None", "Raw")
        select WithValues(new AbiField(string.Empty, 0, number.Value, number.Key), values);

    private static AbiField WithValues(AbiField field, IEnumerable<string> values)
    {
        field.Values.AddRange(values.Select((value, index) => new AbiValue(value, $"{index - 1}")));
        return field;
    }

    private static Gen<AbiField> Structs(int depth) =>
        from fields in Fields(depth)
        select Around(fields);

    private static AbiField Around(AbiField[] fields)
    {
        AbiField around = new(string.Empty, 0, Math.Max(fields.Select(field => field.End).DefaultIfEmpty(1).Max(), 1), AbiTypes.Struct);
        around.Fields.AddRange(fields);
        return around;
    }

    private static Gen<AbiField> Arrays(int depth) =>
        from element in Types(depth)
        from length in Gen.Choose(1, 3)
        select new AbiField(string.Empty, 0, element.Size * length, AbiTypes.Array) { Element = element };

    private static Gen<AbiField> Vmallocs(int depth) =>
        from element in Types(depth)
        select new AbiField(string.Empty, 0, 16, AbiTypes.Vmalloc) { Element = element };
}
