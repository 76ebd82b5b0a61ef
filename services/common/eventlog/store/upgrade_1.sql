-- From version 1: commands that are done above the position. $schema stands for the name of a partition's schema.
ALTER TABLE $schema.partition_owner ADD COLUMN command_done bigint[] NOT NULL DEFAULT '{}';
DROP FUNCTION $schema.append(
    bigint, text, bigint, uuid[], bigint[], text[], bytea[], uuid[], bigint[], text[], bytea[]
);
