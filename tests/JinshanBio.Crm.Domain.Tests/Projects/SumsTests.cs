using JinshanBio.Crm.Domain.Projects;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Projects;

public sealed class SumsTests
{
    [Fact]
    public void A_project_counts_as_signed_from_signing_on_with_its_investment_while_no_amount_is_on_record()
    {
        var project = Story.Project();
        Assert.Equal(0m, project.CountedAsSigned);
        project.Signed();
        Assert.Equal((0m, project.Investment), (project.SignedAmount, project.CountedAsSigned));
        project.Move("S50", "退回重谈");
        Assert.Equal(0m, project.CountedAsSigned);
    }

    [Fact]
    public void Funds_and_output_are_what_was_proved_last()
    {
        var project = Story.Project();
        Assert.Equal((0m, 0m), (project.FundsInPlace, project.AnnualOutput));
        project.Prove(500, 0);
        project.Prove(400, 90);
        Assert.Equal((400m, 90m), (project.FundsInPlace, project.AnnualOutput));
    }
}
