-- The tables of a build, beside the program's own: what is done, indexes taken away, names, institutions, people, codes.
create table if not exists bench_step (name text primary key, rows bigint not null, seconds float8 not null);
create table if not exists bench_index (
    name text primary key, relation text not null, definition text not null, is_constraint boolean not null);
create table if not exists bench_name (
    name text primary key, folded text not null, pinyin text not null, initials text not null);
create table if not exists bench_house (
    number int primary key, subject bigint not null, name text not null, folded text not null, scope int not null,
    district text not null);
create table if not exists bench_person (
    number int primary key, subject bigint not null, name text not null, sex text not null, birth date not null,
    resident text not null);
create table if not exists bench_code (relation text, code text, name text, primary key (relation, code));
create index if not exists bench_house_subject on bench_house (subject);
grant select, insert on bench_step, bench_name, bench_house, bench_person, bench_code to yizheng_job, yizheng_serving;
