using JinshanBio.Crm.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace JinshanBio.Crm.Migrations.Sqlite;

/// <summary>Gives the migration commands a model for SQLite; they need no server, so the connection string is never opened.</summary>
public sealed class DesignTimeFactory : IDesignTimeDbContextFactory<CrmDb>
{
    public CrmDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<CrmDb>();
        CrmDatabase.Configure(options, "Sqlite", "Data Source=design.db");
        return new CrmDb(options.Options);
    }
}
